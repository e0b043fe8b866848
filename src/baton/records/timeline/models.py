from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.access.slots import about_seen
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import RecordModel
from baton.records.people.models import Company, Person
from baton.records.timeline import permissions


def _written_about(user: User, permission: Permission, *, also: Q | None = None) -> Q:
    """One's own, and those about people, companies and deals that one sees; ``also`` to read.

    Whether one sees it is looked up of each row: a list of all whom one sees takes longer to make
    than a page does to draw.
    """
    person = Exists(Person.objects.visible_to(user).filter(pk=OuterRef("person_id")))
    company = Exists(Company.objects.visible_to(user).filter(pk=OuterRef("company_id")))
    about = Q(person) | Q(company, person=None)
    reached = within(user, permission, owner="by")
    if permission.verb == "view":
        reached |= about | also if also else about
    return reached & (Q(by=user) | _about_no_hidden_deal(user))


def _about_campaign(user: User) -> Q:
    return Q(campaign_id__isnull=False) & about_seen(user, "campaign", column="campaign_id")


def _about_no_hidden_deal(user: User) -> Q:
    return about_seen(user, "deal", column="deal_id")


class AboutSomething(RecordModel):
    """About a person, a company or a deal (whose module lies above: a plain id)."""

    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    company = models.ForeignKey(Company, null=True, on_delete=models.CASCADE, related_name="+")
    deal_id = models.PositiveBigIntegerField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    pinned_at = models.DateTimeField(null=True)  # on top of the timeline; the latest first

    class Meta:
        abstract = True


class NoteQuerySet(GuardedQuerySet["Note"]):
    """One's own, and those about the records that one sees."""

    viewed_with = permissions.VIEW_TIMELINE

    def reached_by(self, user: User, permission: Permission) -> "NoteQuerySet":
        """Those in the trash, too."""
        return self.filter(_written_about(user, permission, also=_about_campaign(user)))


class Note(AboutSomething):
    body = models.TextField()
    campaign_id = models.PositiveBigIntegerField(null=True)  # its module lies above, too

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="note_of_person"),
            models.Index(
                fields=["pinned_at"], condition=Q(pinned_at__isnull=False), name="note_pinned"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]


class ActivityQuerySet(GuardedQuerySet["Activity"]):
    """One's own, and those about people, companies and deals that one sees."""

    viewed_with = permissions.VIEW_TIMELINE

    def reached_by(self, user: User, permission: Permission) -> "ActivityQuerySet":
        """Those in the trash, too."""
        return self.filter(_written_about(user, permission))


class Activity(AboutSomething):
    """A call, meeting or mail that somebody logged by hand."""

    kind = models.CharField(max_length=12)  # rules.Kind: call, meeting, mail
    outcome = models.CharField(max_length=20)  # rules.Outcome: unanswered, conversation, held ...
    direction = models.CharField(max_length=8)  # rules.Direction: who reached out
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    external_id = models.CharField(max_length=200, blank=True)  # "source:id" of an import

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="activity_imported_once"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="activity_of_person"),
            # What stands in somebody's calendar: booking asks for the days ahead.
            models.Index(
                fields=["by", "at"], condition=Q(kind="meeting"), name="activity_meetings"
            ),
            models.Index(
                fields=["pinned_at"], condition=Q(pinned_at__isnull=False), name="activity_pinned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.outcome}"


class TaskQuerySet(GuardedQuerySet["Task"]):
    viewed_with = permissions.VIEW_TASKS

    def open(self) -> "TaskQuerySet":
        return self.filter(done_at=None, deleted_at=None)

    def reached_by(self, user: User, permission: Permission) -> "TaskQuerySet":
        """Those in the trash, too."""
        return self.filter(within(user, permission), Q(owner=user) | _about_no_hidden_deal(user))


class Task(RecordModel):
    title = models.CharField(max_length=250)
    due_at = models.DateTimeField(null=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="tasks")
    company = models.ForeignKey(Company, null=True, on_delete=models.CASCADE, related_name="+")
    deal_id = models.PositiveBigIntegerField(null=True)
    campaign_id = models.PositiveBigIntegerField(null=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tasks")
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "due_at", "id"], condition=Q(done_at=None), name="task_open"
            ),
            models.Index(
                fields=["company"], condition=Q(company__isnull=False), name="task_of_company"
            ),
            models.Index(
                fields=["deal_id"], condition=Q(deal_id__isnull=False), name="task_of_deal"
            ),
            models.Index(
                fields=["campaign_id"],
                condition=Q(campaign_id__isnull=False),
                name="task_of_campaign",
            ),
            models.Index(fields=["due_at", "id"], name="task_by_due"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("timeline:edit-task", self.key)


class Draft(models.Model):
    """What a user typed about a record and did not send yet; nobody else reads it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)  # slots.SubjectKind
    key = models.UUIDField()  # of the record
    values = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Draft"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="one_draft_a_record")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Sent(models.Model):
    """A composer that was sent: the same one pressed twice writes once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Sent"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="sent_once")]

    def __str__(self) -> str:
        return self.token


class ForeignId(models.Model):
    """What another system calls a note, an activity or a task."""

    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)  # note, activity, task
    object_id = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager["ForeignId"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="timeline_foreign_id_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"
