from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.facts import batch_now
from baton.core.keys import KeyedModel, LivingQuerySet, RecordModel
from baton.core.limits import Masked
from baton.core.search.fields import Words, WordsField, record_of
from baton.core.seen import SeenDecimal
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Order, Product
from baton.sales.deals import permissions
from baton.sales.deals.rules import StageKind

AMOUNT = "deal.amount"  # whoever does not see it asks nothing by it: core.seen


class Pipeline(RecordModel):
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=40, blank=True, default="")  # the system that brought it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "source",
                condition=Q(deleted_at=None) & ~Q(source=""),
                name="pipeline_imported_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class StageQuerySet(LivingQuerySet["Stage"]):
    def of_kind(self, kind: StageKind) -> "StageQuerySet":
        return self.filter(kind=kind)


class Stage(RecordModel):
    """A column of the board; each pipeline has exactly one won and one lost stage."""

    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    probability = models.PositiveSmallIntegerField()  # per cent
    kind = models.CharField(max_length=8, default="open")  # rules.StageKind: open, won, lost
    asked = models.JSONField(default=list, blank=True)  # rules.Asked: what a deal needs to enter
    batch = models.UUIDField(null=True, default=batch_now)  # of the import that made it

    objects = StageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pipeline", "kind"],
                condition=Q(kind__in=["won", "lost"], deleted_at=None),
                name="one_won_one_lost_stage",
            ),
            models.CheckConstraint(name="probability_per_cent", condition=Q(probability__lte=100)),
        ]

    def __str__(self) -> str:
        return self.name


class DealQuerySet(LivingQuerySet["Deal"]):
    def open(self) -> "DealQuerySet":
        return self.filter(state="open", deleted_at=None)

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_DEALS
    ) -> "DealQuerySet":
        return self.filter(within(user, permission, shared_as="deal"))


class Deal(Masked, RecordModel):
    masked_as = "deal"

    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200)  # casefolded name, written with it
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    owner = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="deals", db_index=False
    )
    qualifier = models.ForeignKey(  # the SDR who handed it over
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="deals", db_index=False)
    stage_at = models.DateTimeField(null=True)  # since when; null = undated import
    stage_version = models.PositiveIntegerField(default=1)  # the version that came with the stage
    state = models.CharField(max_length=8, default="open")  # open, won, lost: the stage's kind
    # No amount is an unknown one.
    amount = SeenDecimal(max_digits=16, decimal_places=2, null=True, seen_as=AMOUNT)
    currency = models.CharField(max_length=3)
    base_amount = SeenDecimal(max_digits=16, decimal_places=2, null=True, seen_as=AMOUNT)
    rate_on = models.DateField(null=True)  # frozen when the deal closes
    opened_at = models.DateTimeField(null=True)  # null = undated import
    touched_at = models.DateTimeField(null=True)  # latest move or edit by somebody
    close_on = models.DateField(null=True, blank=True)  # expected
    closed_at = models.DateTimeField(null=True)
    next_step = models.CharField(max_length=250, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)  # rules: of won and lost
    competitor = models.CharField(max_length=120, blank=True)
    objection = models.CharField(max_length=250, blank=True)
    need = models.CharField(max_length=250, blank=True)  # what the buyer wants to reach by it
    decision_maker = models.CharField(max_length=120, blank=True)  # who says yes
    custom = models.JSONField(default=dict, blank=True)
    # Shown values, written by scoring through actions.show_deal_scores().
    score = models.SmallIntegerField(default=0)
    grade = models.CharField(max_length=2, blank=True)  # empty: no model is about deals
    client_token = models.CharField(max_length=120, null=True, unique=True)  # opened once only

    objects = DealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deal_closed_iff_not_open",
                condition=Q(state="open", closed_at=None)
                | Q(state__in=["won", "lost"], closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="lost_deal_has_a_reason", condition=~Q(state="lost", reason="")
            ),
            models.CheckConstraint(
                name="deal_amount_not_below_zero", condition=Q(amount=None) | Q(amount__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "close_on", "id"], name="deal_on_board"),
            models.Index(fields=["owner", "state", "id"], name="deal_of_owner"),
            models.Index(fields=["state", "closed_at"], name="deal_closed"),
            models.Index(fields=["stage", "opened_at"], name="deal_opened"),
            models.Index(fields=["sort_key", "id"], name="deal_by_name"),
            models.Index(fields=["close_on", "id"], name="deal_by_close"),
            models.Index(fields=["state", "close_on", "id"], name="deal_in_state_by_close"),
            models.Index(fields=["base_amount", "id"], name="deal_by_amount"),
            models.Index(fields=["next_step_on", "id"], name="deal_by_step"),
            models.Index(fields=["stage_at", "id"], name="deal_by_stage_time"),
            # What columns and pipelines are counted and summed by, without a look at the deals.
            models.Index(
                fields=["stage", "deleted_at", "state", "closed_at", "base_amount", "owner"],
                name="deal_figures",
            ),
            models.Index(
                fields=["competitor", "deleted_at", "owner"],
                name="deal_rivals",
                condition=~Q(competitor=""),
            ),
            models.Index(fields=["score", "id"], name="deal_by_score"),
            models.Index(fields=["grade", "id"], name="deal_by_grade"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("deals:deal", self.key)


class DealExternalId(models.Model):
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="deal_external_id_once")
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"


class DealPerson(models.Model):
    """Somebody's part in a deal. ``Deal.person`` is one of its people with or without a row here:
    a row says the primary's role, and who else takes part."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="parts", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deal_parts")
    role = models.CharField(max_length=20, blank=True)  # people's BuyingRole; "" = not said

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "person"], name="deal_person_once")]
        indexes = [models.Index(fields=["deal", "role"], name="deal_roles")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.deal_id}"


class DealLine(KeyedModel):
    """One product of a deal; price and sum in the deal's currency."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="deal_lines")
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=1)
    price = SeenDecimal(max_digits=14, decimal_places=2, null=True, seen_as=AMOUNT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="line_quantity_above_zero", condition=Q(quantity__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.product_id}"


class DealOrder(models.Model):
    """The purchase by which a deal was paid: one sale, counted as the deal once that is won."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="order_links")
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="deal_link")

    def __str__(self) -> str:
        return f"{self.order_id} of {self.deal_id}"


class StageEntry(models.Model):
    """When a deal came to a stage, and when it left: time in stage, history, undo."""

    deal = models.ForeignKey(
        Deal, on_delete=models.CASCADE, related_name="stage_entries", db_index=False
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField(null=True)  # null = undated import
    left_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deal"], condition=Q(left_at=None), name="deal_is_in_one_stage"
            )
        ]
        indexes = [
            models.Index(fields=["deal", "entered_at"], name="stage_entry_of_deal"),
            models.Index(fields=["stage", "left_at"], name="stage_entry_left"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} in {self.stage_id}"


class DealWords(Words):
    """Of the name, the company and the person: see ``searched``."""

    deal = record_of(Deal)
    words = WordsField(db_column="deals_dealwords")

    class Meta(Words.Meta):
        db_table = "deals_dealwords"
