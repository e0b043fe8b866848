from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import KeyedModel, RecordModel
from baton.qualification.scoring import permissions
from baton.records.people.models import Person


class ScoreRuleQuerySet(QuerySet["ScoreRule"]):
    def living(self) -> "ScoreRuleQuerySet":
        return self.filter(deleted_at=None)

    def counting(self) -> "ScoreRuleQuerySet":
        """Those that give points now, in the order in which screens list them."""
        return self.living().filter(is_active=True).order_by("position", "pk")

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_SCORES
    ) -> "ScoreRuleQuerySet":
        """Rules have no owner: who may see one sees all."""
        return self.all() if user.may(permission) else self.none()


class ScoreRule(RecordModel):
    """Points for who somebody is (fit) or for what they do (engagement, fading by half-life)."""

    name = models.CharField(max_length=120)  # words of the explanation: "Asked for a price"
    kind = models.CharField(max_length=12)  # rules.Kind: fit, engagement
    points = models.SmallIntegerField()
    condition = models.JSONField(null=True)  # fit: filter over people
    fact = models.CharField(max_length=80, blank=True)  # engagement: name of the fact
    match = models.JSONField(default=dict)  # engagement: payload values that must be equal
    half_life_days = models.PositiveSmallIntegerField(null=True)  # engagement
    cap = models.PositiveSmallIntegerField(null=True)  # at most so many points from this rule
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ScoreRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="score_rule_has_its_source",
                condition=Q(kind="fit", condition__isnull=False)
                | (Q(kind="engagement", half_life_days__gt=0) & ~Q(fact="")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ScorePart(models.Model):
    """What one rule gives one person: ``value`` points as of ``as_of``, halving every half-life."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="score_parts")
    rule = models.ForeignKey(ScoreRule, on_delete=models.CASCADE, related_name="parts")
    value = models.FloatField()
    as_of = models.DateTimeField()  # of the latest fact, or since when the person fits
    half_life_days = models.PositiveSmallIntegerField(null=True)  # null = does not fade
    count = models.PositiveIntegerField(default=1)  # facts behind it
    latest_fact_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rule"], name="score_part_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.value}"


class ScoreState(models.Model):
    """Guards the fold: the latest fact that was counted for this person (a replay adds nothing)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="score_state")
    position = models.PositiveBigIntegerField(default=0)
    recheck_at = models.DateTimeField(null=True)  # when fading moves the shown figure

    is_changed = False  # since it was read: of thousands only few are written

    class Meta:
        indexes = [models.Index(fields=["recheck_at"], name="score_recheck")]

    def __str__(self) -> str:
        return str(self.person_id)

    def move_to(self, position: int) -> None:
        """Never back: what was counted stays counted."""
        if position > self.position:
            self.position, self.is_changed = position, True

    def look_again(self, at: datetime | None) -> None:
        if at != self.recheck_at:
            self.recheck_at, self.is_changed = at, True


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
