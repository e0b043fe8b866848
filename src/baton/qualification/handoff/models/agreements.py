import json
from datetime import datetime
from hashlib import sha256

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import KeyedModel
from baton.qualification.handoff import permissions
from baton.qualification.handoff.models.routing import Pool
from baton.qualification.handoff.rules import PARTIES, Goal, Kind, Side, Terms

NUMBERS = (
    "threshold",
    "accept_minutes",
    "respond_minutes",
    "hand_raise_accept_minutes",
    "hand_raise_respond_minutes",
    "grace_minutes",
    "attempts",
    "attempt_days",
    "recycle_days",
    "max_rounds",
)
GOAL = ("revenue_goal", "marketing_share", "average_deal")
CLOCKS = ("reply_minutes", "idle_days", "step_days", "pause_days")  # null: not promised
OWN_NUMBERS = ("quiet_days", "checkin_well", "checkin_watch", "checkin_risk")  # of the third kind
OPTIONAL = ("mqls_a_month", *GOAL, *CLOCKS, *OWN_NUMBERS, "brief_minutes", "value_days")
OWNERS = ("gives", "given_to_id")  # of the third kind alone
EXECUTIVES = ("is_on", "asks_owner", "pool_id", "return_reasons")  # of the second kind alone
BY_CODE = ("rest_days", "ladder", "idle_by_stage")  # numbers by reason, by role, by stage
TERMS = (
    *(*NUMBERS, *OPTIONAL, *BY_CODE, *EXECUTIVES, *OWNERS),
    *("rest_conditions", "hand_raise_forms", "when_late", "starts_on"),
)


class AgreementQuerySet(QuerySet["Agreement"]):
    def of_kind(self, kind: str) -> "AgreementQuerySet":
        """Each kind has versions of its own."""
        return self.filter(kind=kind)

    def signed(self) -> "AgreementQuerySet":
        """Those with both signatures, also those whose first day lies ahead."""
        return self.filter(valid_from__isnull=False)

    def started(self, at: datetime) -> "AgreementQuerySet":
        """Signed, and their first day has come; the latest of them is in force.

        One without a day of its own began when it was signed, whatever a clock that was set back
        says.
        """
        return self.signed().filter(Q(starts_on=None) | Q(valid_from__lte=at))

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "AgreementQuerySet":
        """Both sides read what they owe each other."""
        return self.all() if user.may(permission) else self.none()


class Agreement(KeyedModel):
    """What marketing and sales owe each other; signed versions never change again.

    Of the second kind: what who qualifies and who closes owe each other. Of the third: what who
    sold and who looks after a customer do; ``respond_minutes`` is there the first call.
    """

    kind = models.CharField(max_length=20, default=Kind.MARKETING)
    version = models.PositiveIntegerField()
    threshold = models.PositiveSmallIntegerField()  # score that makes an MQL
    accept_minutes = models.PositiveIntegerField()  # working time to accept or reject
    respond_minutes = models.PositiveIntegerField()  # working time to the first response
    hand_raise_forms = models.JSONField(default=list)  # codes of forms
    hand_raise_accept_minutes = models.PositiveIntegerField()
    hand_raise_respond_minutes = models.PositiveIntegerField()
    grace_minutes = models.PositiveIntegerField(default=30)  # then silence: the next one is asked
    attempts = models.PositiveSmallIntegerField()  # then unreachable ...
    attempt_days = models.PositiveSmallIntegerField()  # ... within so many working days
    recycle_days = models.PositiveSmallIntegerField()  # rejected leads rest so long by default
    rest_days = models.JSONField(default=dict)  # those with this reason rest so long instead
    # Reason -> filter of people: who rests for it comes back as soon as it comes true.
    rest_conditions = models.JSONField(default=dict)
    ladder = models.JSONField(default=dict)  # role -> working minutes of lateness until it is told
    max_rounds = models.PositiveSmallIntegerField(default=3)  # then the catch-all queue
    reply_minutes = models.PositiveIntegerField(null=True)  # working time to answer a message
    idle_days = models.PositiveSmallIntegerField(null=True)  # working days a deal may lie
    idle_by_stage = models.JSONField(default=dict)  # key of a stage -> days there; 0: no promise
    step_days = models.PositiveSmallIntegerField(null=True)  # working days without a next step
    pause_days = models.PositiveSmallIntegerField(null=True)  # a clock may pause so long
    mqls_a_month = models.PositiveIntegerField(null=True)  # what marketing owes
    # The goal from which that number comes, in the company's currency a month, and in percent.
    revenue_goal = models.PositiveBigIntegerField(null=True)
    marketing_share = models.PositiveSmallIntegerField(null=True)
    average_deal = models.PositiveBigIntegerField(null=True)
    # SDR to AE: whether leads are handed on, by whom they are taken, and why they may come back.
    is_on = models.BooleanField(default=True)
    asks_owner = models.BooleanField(default=True)  # the owner of the company is asked first
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="+")
    return_reasons = models.JSONField(default=list)  # codes; empty: all that there are
    # AE to customer owner: who gets a new customer, and how they are looked after.
    gives = models.CharField(max_length=8, blank=True)  # rules.Gives
    given_to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    brief_minutes = models.PositiveIntegerField(null=True)  # until the seller's own word
    value_days = models.PositiveSmallIntegerField(null=True)  # until they have use of it
    quiet_days = models.PositiveSmallIntegerField(null=True)  # without a word until it is told
    checkin_well = models.PositiveSmallIntegerField(null=True)  # days to the next, by health
    checkin_watch = models.PositiveSmallIntegerField(null=True)
    checkin_risk = models.PositiveSmallIntegerField(null=True)
    when_late = models.TextField(blank=True)  # what happens when a side is late, in words
    signed_for_marketing_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for_marketing_at = models.DateTimeField(null=True)
    signed_for_sales_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for_sales_at = models.DateTimeField(null=True)
    signed_for_customers_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for_customers_at = models.DateTimeField(null=True)
    starts_on = models.DateField(null=True)  # null: with the second signature
    valid_from = models.DateTimeField(null=True)  # set by the second signature; may lie ahead

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="agreement_version_once"),
            models.CheckConstraint(
                name="agreement_valid_once_both_signed",
                condition=Q(valid_from=None)
                | Q(signed_for_sales_at__isnull=False)
                & (
                    Q(kind=Kind.OWNER.value, signed_for_customers_at__isnull=False)
                    | ~Q(kind=Kind.OWNER.value) & Q(signed_for_marketing_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="agreement_signature_is_whole",
                condition=Q(signed_for_marketing_at=None, signed_for_marketing_by=None)
                | Q(signed_for_marketing_at__isnull=False, signed_for_marketing_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement v{self.version}"

    def has_started(self, at: datetime) -> bool:
        """As ``started`` asks of all."""
        return self.valid_from is not None and (self.starts_on is None or self.valid_from <= at)

    def terms(self) -> Terms:
        """The numbers, as the rules want them."""
        return Terms(
            threshold=self.threshold,
            accept_minutes=self.accept_minutes,
            respond_minutes=self.respond_minutes,
            hand_raise_accept_minutes=self.hand_raise_accept_minutes,
            hand_raise_respond_minutes=self.hand_raise_respond_minutes,
            grace_minutes=self.grace_minutes,
            attempts=self.attempts,
            attempt_days=self.attempt_days,
            recycle_days=self.recycle_days,
            max_rounds=self.max_rounds,
            hand_raise_forms=frozenset(self.hand_raise_forms),
            mqls_a_month=self.mqls_a_month,
            rest_days=self.rest_days,
            ladder=self.ladder,
            reply_minutes=self.reply_minutes,
            idle_days=self.idle_days,
            idle_by_stage=self.idle_by_stage,
            step_days=self.step_days,
            pause_days=self.pause_days,
        )

    def goal(self) -> Goal | None:
        """None unless all three of its numbers were given."""
        if not (self.revenue_goal and self.marketing_share and self.average_deal):
            return None
        return Goal(
            revenue=self.revenue_goal,
            share=self.marketing_share,
            average_deal=self.average_deal,
        )

    def digest(self) -> str:
        """Stands for exactly these terms: who signs or amends says by it what they have read."""
        read = {name: getattr(self, name) for name in ("version", *TERMS)}
        return sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()[:32]

    def parties(self) -> tuple[Side, Side]:
        """The two sides that sign it."""
        return PARTIES[self.kind]

    def signed_sides(self) -> list[Side]:
        """Who has signed so far."""
        return [side for side in self.parties() if getattr(self, f"signed_for_{side}_at")]

    def signatures(self) -> list[tuple[Side, User]]:
        """The same, with who signed."""
        return [(side, getattr(self, f"signed_for_{side}_by")) for side in self.signed_sides()]
