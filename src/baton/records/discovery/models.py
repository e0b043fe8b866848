from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import CommonQuerySet, GuardedQuerySet
from baton.core.access.slots import about_seen
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import RecordModel
from baton.records.audience.models import Persona
from baton.records.discovery import permissions
from baton.records.discovery.rules import Question, questions_of
from baton.records.people.models import Person


class GuideQuerySet(CommonQuerySet["Guide"]):
    viewed_with = permissions.VIEW_GUIDES


class Guide(RecordModel):
    """What is asked in a first talk, in order; of personas, or of everybody."""

    name = models.CharField(max_length=80)
    questions = models.JSONField(default=list)  # rules.Question
    position = models.PositiveSmallIntegerField(default=0)  # the first that fits is offered

    objects = GuideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(deleted_at=None), name="guide_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("discovery:guide", self.key)

    def asked(self) -> list[Question]:
        return questions_of(self.questions)


class GuidePersona(models.Model):
    """One of those whom the guide is for; none is everybody."""

    guide = models.ForeignKey(
        Guide, on_delete=models.CASCADE, related_name="persona_links", db_index=False
    )
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["GuidePersona"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guide", "persona"], name="guide_persona_once")
        ]

    def __str__(self) -> str:
        return f"{self.guide_id}: {self.persona_id}"


class DiscoveryQuerySet(GuardedQuerySet["Discovery"]):
    """One's own, and those of people whom one sees."""

    viewed_with = permissions.VIEW_ANSWERS

    def reached_by(self, user: User, permission: Permission) -> "DiscoveryQuerySet":
        """Those in the trash, too. What was said in a deal that one does not see is not told."""
        reached = within(user, permission, owner="by")
        if permission.verb == "view":
            seen = Person.objects.visible_to(user).filter(pk=OuterRef("person_id"))
            reached |= Q(Exists(seen))
        deal = about_seen(user, "deal", column="deal_id")
        return self.filter(reached & (Q(by=user) | deal))


class Discovery(RecordModel):
    """What somebody told when they were asked, each question as it was worded then."""

    guide = models.ForeignKey(Guide, null=True, on_delete=models.SET_NULL, related_name="+")
    guide_name = models.CharField(max_length=80)
    guide_version = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    deal_id = models.PositiveBigIntegerField(null=True)  # its module lies above
    answers = models.JSONField(default=list)  # code, text, answer, fills
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = DiscoveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="discovery_of_person"),
            models.Index(
                fields=["deal_id"], condition=Q(deal_id__isnull=False), name="discovery_of_deal"
            ),
        ]

    def __str__(self) -> str:
        return self.guide_name

    def get_absolute_url(self) -> str:
        return address("discovery:edit-answers", self.key)
