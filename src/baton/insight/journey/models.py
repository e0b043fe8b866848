from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from baton.core.access.querysets import CommonQuerySet
from baton.core.keys import LIVING, RecordModel
from baton.insight.journey.permissions import VIEW_JOURNEY
from baton.insight.journey.rules import Care, Code
from baton.marketing.campaigns.models import Campaign
from baton.marketing.capture.models import Form, Page
from baton.records.audience.models import Persona


class BuyerStageQuerySet(CommonQuerySet["BuyerStage"]):
    viewed_with = VIEW_JOURNEY


class BuyerStage(RecordModel):
    """What the company says of a stage; without a row, what ``words`` and ``rules.USUAL`` say."""

    code = models.CharField(max_length=12, unique=True)  # rules.Code
    name = models.CharField(max_length=60)
    question = models.CharField(max_length=250, blank=True)
    care = models.CharField(max_length=10)  # rules.Care
    stages = models.JSONField(default=list)  # of the lifecycle

    objects = BuyerStageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="buyer_stage_is_known", condition=Q(code__in=[one.value for one in Code])
            ),
            models.CheckConstraint(
                name="buyer_stage_is_cared_for", condition=Q(care__in=[one.value for one in Care])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ShownQuerySet(CommonQuerySet["Shown"]):
    viewed_with = VIEW_JOURNEY

    def living(self) -> "ShownQuerySet":
        """What is gone with its page, form, campaign or persona is shown to nobody."""
        rows = self.filter(deleted_at=None)
        for name in ("persona", "page", "form", "campaign"):
            rows = rows.filter(Q(**{name: None}) | Q(**{f"{name}__deleted_at": None}))
        return rows


def _or_none(name: str) -> Coalesce:
    """Of two rows that name none of a kind, an index takes the nothings for different ones."""
    return Coalesce(F(name), Value(0), output_field=models.BigIntegerField())


class Shown(RecordModel):
    """What we show in a stage: a page, a form, a campaign, or the persona's approved sentences."""

    code = models.CharField(max_length=12)  # rules.Code
    persona = models.ForeignKey(  # null: to everybody
        Persona, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    form = models.ForeignKey(
        Form, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = "journey content"
        constraints = [
            models.CheckConstraint(
                name="shown_is_one_thing",
                condition=Q(page__isnull=False, form=None, campaign=None)
                | Q(page=None, form__isnull=False, campaign=None)
                | Q(page=None, form=None, campaign__isnull=False)
                | Q(page=None, form=None, campaign=None, persona__isnull=False),
            ),
            models.CheckConstraint(
                name="shown_in_a_known_stage", condition=Q(code__in=[one.value for one in Code])
            ),
            models.UniqueConstraint(
                "code",
                *(_or_none(name) for name in ("persona", "page", "form", "campaign")),
                condition=Q(**LIVING),
                name="shown_there_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.page or self.form or self.campaign or self.persona}"
