from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import LivingQuerySet, RecordModel
from baton.qualification.scoring import permissions
from baton.qualification.scoring.models.scored import ScoreModel
from baton.qualification.scoring.rules.models import About, State
from baton.records.people.models import Person


class ScoreRuleQuerySet(LivingQuerySet["ScoreRule"]):
    def switched_on(self) -> "ScoreRuleQuerySet":
        """In the order in which screens list them, whatever becomes of their model."""
        return self.living().filter(is_active=True).order_by("position", "pk")

    def counting(self, about: str = About.PERSON) -> "ScoreRuleQuerySet":
        """Those that give points now: of the live models about such records."""
        live = self.switched_on().filter(model__state=State.LIVE, model__about=about)
        return live.select_related("model")

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_SCORES
    ) -> "ScoreRuleQuerySet":
        """Rules have no owner: who may see one sees all."""
        return self.all() if user.may(permission) else self.none()


class ScoreRule(RecordModel):
    """Points for who somebody is (fit) or for what they do (engagement).

    What is done fades by half-life, ends after some days, or stays, if neither is said.
    """

    model = models.ForeignKey(ScoreModel, on_delete=models.CASCADE, related_name="rules")
    name = models.CharField(max_length=120)  # words of the explanation: "Asked for a price"
    kind = models.CharField(max_length=12)  # rules.Kind: fit, engagement
    points = models.SmallIntegerField()
    condition = models.JSONField(null=True)  # fit: filter over what the model is about
    fact = models.CharField(max_length=80, blank=True)  # engagement: name of the fact
    match = models.JSONField(default=dict)  # engagement: payload values that must be equal
    half_life_days = models.PositiveSmallIntegerField(null=True)  # engagement
    expires_days = models.PositiveSmallIntegerField(null=True)  # engagement: at once, after so many
    cap = models.PositiveSmallIntegerField(null=True)  # at most so many points from this rule
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ScoreRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="score_rule_has_its_source",
                condition=Q(kind="fit", condition__isnull=False)
                | (Q(kind="engagement") & ~Q(fact="")),
            ),
            models.CheckConstraint(
                name="score_rule_fades_in_one_way",
                condition=(Q(half_life_days=None) | Q(expires_days=None))
                & (Q(half_life_days=None) | Q(half_life_days__gt=0))
                & (Q(expires_days=None) | Q(expires_days__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScorePart(models.Model):
    """What one rule gives one person: ``value`` points as of ``as_of``, halving every half-life."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="score_parts", db_index=False
    )
    rule = models.ForeignKey(ScoreRule, on_delete=models.CASCADE, related_name="parts")
    value = models.FloatField()
    as_of = models.DateTimeField()  # of the latest fact, or since when the person fits
    half_life_days = models.PositiveSmallIntegerField(null=True)  # null = does not fade
    count = models.PositiveIntegerField(default=1)  # facts behind it
    latest_fact_id = models.PositiveBigIntegerField(null=True)
    # Of a rule that ends after some days: when its facts happened, as rules.micros.
    moments = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rule"], name="score_part_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.value}"


class ScoreState(models.Model):
    """Guards the fold: the latest fact that was counted for this person (a replay adds nothing)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="score_state")
    position = models.PositiveBigIntegerField(default=0)
    recheck_at = models.DateTimeField(null=True)  # when fading moves the shown figure

    class Meta:
        indexes = [models.Index(fields=["recheck_at"], name="score_recheck")]

    def __str__(self) -> str:
        return str(self.person_id)
