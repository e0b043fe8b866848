from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.visibility import within
from baton.core.keys import KeyedModel
from baton.qualification.handoff import permissions
from baton.qualification.handoff.models.agreements import Agreement
from baton.qualification.handoff.rules import Pause
from baton.records.people.models import Person


class ClockQuerySet(QuerySet["Clock"]):
    def running(self) -> "ClockQuerySet":
        return self.filter(stopped_at=None)

    def ringing(self, at: datetime) -> "ClockQuerySet":
        """Of which something is to be told by now: one look into the index of what comes next."""
        return self.running().filter(looks_at__lte=at).order_by("looks_at", "pk")

    def held(self) -> "ClockQuerySet":
        """Locked when read, with all that counting them anew looks at."""
        locked = self.select_for_update(of=("self",), no_key=True)
        return locked.select_related("agreement", "owner").order_by("pk")

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "ClockQuerySet":
        """By who owes; that of a deal without an owner as the deal itself, by who sees all."""
        return self.filter(within(user, permission))


class Clock(KeyedModel):
    """A promise beside the handoff that runs: an answer to a person, or care for an open deal."""

    kind = models.CharField(max_length=8)  # rules.ClockKind
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="clocks"
    )  # who wrote
    deal_id = models.PositiveBigIntegerField(null=True)  # its module lies above
    part = models.CharField(max_length=40, blank=True)  # the stage whose number counts
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    fact_id = models.PositiveBigIntegerField(unique=True, null=True)  # the first message
    count = models.PositiveIntegerField(default=1)  # messages that wait for this answer
    began_at = models.DateTimeField()  # of a deal: since when it is promised without a breach
    since = models.DateTimeField()  # what the due moment is counted from
    due_at = models.DateTimeField()
    looks_at = models.DateTimeField(null=True)  # when something is told next; null: all was
    told = models.PositiveSmallIntegerField(default=0)  # how many of rules.steps_of_clock
    late_at = models.DateTimeField(null=True)  # when it was written down that it is late
    pauses = models.JSONField(default=list)  # of [since, until, why, by whom]
    stopped_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, blank=True)  # rules.Ended

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(stopped_at=None, person__isnull=False),
                name="one_running_clock_a_person",
            ),
            models.UniqueConstraint(
                fields=["deal_id", "kind"],
                condition=Q(stopped_at=None, deal_id__isnull=False),
                name="one_running_clock_a_deal",
            ),
            models.CheckConstraint(
                name="clock_is_about_one",
                condition=Q(person__isnull=False, deal_id=None)
                | Q(person=None, deal_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["looks_at", "id"],
                condition=Q(stopped_at=None, looks_at__isnull=False),
                name="clock_looks",
            ),
            models.Index(
                fields=["owner", "due_at", "id"],
                condition=Q(stopped_at=None),
                name="clock_owed",
            ),
            models.Index(fields=["kind", "stopped_at"], name="clock_stopped"),
            models.Index(fields=["kind", "since"], name="clock_since"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id or self.deal_id}"

    def stood_still(self) -> list[Pause]:
        """The pauses, as the rules want them."""
        moments = [
            (datetime.fromisoformat(one[0]), datetime.fromisoformat(one[1])) for one in self.pauses
        ]
        return [Pause(since, until) for since, until in moments]

    def pause_now(self, at: datetime) -> Pause | None:
        """The pause that holds now."""
        return next((one for one in self.stood_still() if one.since <= at < one.until), None)

    def is_late(self, at: datetime) -> bool:
        """Past its moment before it stopped."""
        return (self.stopped_at or at) > self.due_at
