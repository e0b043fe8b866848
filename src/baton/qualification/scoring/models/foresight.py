from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import KeyedModel
from baton.qualification.scoring import permissions
from baton.records.people.models import Person


class ForesightQuerySet(QuerySet["Foresight"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.MANAGE_SCORES
    ) -> "ForesightQuerySet":
        """What was learned is nobody's: who may see one sees all."""
        return self.all() if user.may(permission) else self.none()


class Foresight(KeyedModel):
    """One version of what was learned from the company's own outcomes, with how well it foresees.

    ``card`` is plain figures (rules.foresight.scorecard); ``digest`` notices who touched them.
    """

    goal = models.CharField(max_length=20)  # the stage that is foreseen: sql, customer
    days = models.PositiveSmallIntegerField()  # within so many days of the handoff
    state = models.CharField(max_length=12)  # foretelling.State: asked, ready, refused, failed
    refusal = models.JSONField(default=dict)  # sentence and values, to be said in any language
    figures = models.JSONField(default=dict)
    late_fields = models.JSONField(default=list)  # filled after the handoff: name and share
    card = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    drift = models.JSONField(default=dict)  # edges and expected shares, months
    asked_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    is_used = models.BooleanField(default=False)  # by an admin's choice
    used_since = models.DateTimeField(null=True)  # the latest time that it was chosen

    objects = ForesightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_used"], condition=Q(is_used=True), name="one_foresight_is_used"
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal} within {self.days} days"


class Foretold(models.Model):
    """What the foresight in use says of one person, as of a night."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="foretold")
    foresight = models.ForeignKey(Foresight, on_delete=models.CASCADE, related_name="+")
    chance = models.FloatField()
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id}: {self.chance:.0%}"
