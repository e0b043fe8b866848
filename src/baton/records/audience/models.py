from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from baton.core.access.models import User
from baton.core.access.querysets import CommonQuerySet
from baton.core.addresses import address
from baton.core.keys import RecordModel
from baton.records.audience import permissions
from baton.records.people.models import Person


class PersonaQuerySet(CommonQuerySet["Persona"]):
    viewed_with = permissions.VIEW_PERSONAS


class Persona(RecordModel):
    """A kind of buyer, and what helps sales to talk with one."""

    name = models.CharField(max_length=80)
    motivations = models.JSONField(default=list)  # sentences
    pains = models.JSONField(default=list)
    objections = models.JSONField(default=list)
    sentences = models.JSONField(default=list)  # three openers that marketing approved
    rule = models.JSONField(null=True)  # filter over people; empty = assigned by hand only
    position = models.PositiveSmallIntegerField(default=0)  # first rule that fits wins

    objects = PersonaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(deleted_at=None), name="persona_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("audience:persona", self.key)


class PersonaAssignment(models.Model):
    """Which persona a person is, and why. One set by hand outranks every rule."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="persona_link")
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="assignments")
    is_by_hand = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id}: {self.persona_id}"
