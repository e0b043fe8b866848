from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import Team, User
from baton.core.access.permissions import Permission
from baton.core.access.visibility import within
from baton.core.keys import KeyedModel, RecordModel
from baton.qualification.handoff import permissions
from baton.records.people.models import Person


class Agreement(KeyedModel):
    """What marketing and sales owe each other; signed versions never change again."""

    version = models.PositiveIntegerField(unique=True)
    threshold = models.PositiveSmallIntegerField()  # score that makes an MQL
    accept_minutes = models.PositiveIntegerField()  # working time to accept or reject
    respond_minutes = models.PositiveIntegerField()  # working time to the first response
    hand_raise_forms = models.JSONField(default=list)  # codes of forms
    hand_raise_accept_minutes = models.PositiveIntegerField()
    hand_raise_respond_minutes = models.PositiveIntegerField()
    attempts = models.PositiveSmallIntegerField()  # then unreachable ...
    attempt_days = models.PositiveSmallIntegerField()  # ... within so many working days
    recycle_days = models.PositiveSmallIntegerField()  # rejected leads rest so long by default
    max_rounds = models.PositiveSmallIntegerField(default=3)  # then the catch-all queue
    mqls_a_month = models.PositiveIntegerField(null=True)  # what marketing owes
    signed_for_marketing_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for_marketing_at = models.DateTimeField(null=True)
    signed_for_sales_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for_sales_at = models.DateTimeField(null=True)
    valid_from = models.DateTimeField(null=True)  # set by the second signature

    def __str__(self) -> str:
        return f"Agreement v{self.version}"


class Pool(RecordModel):
    """Those who take turns (weighted round robin). Exactly one pool catches what none took."""

    name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    is_catch_all = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_catch_all"],
                condition=Q(is_catch_all=True, deleted_at=None),
                name="one_catch_all",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PoolMember(models.Model):
    """One who takes turns. ``credit`` is the smooth weighted round robin's memory."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pool_memberships")
    weight = models.PositiveSmallIntegerField(default=1)
    open_cap = models.PositiveSmallIntegerField(null=True)  # at most so many unanswered at once
    is_available = models.BooleanField(default=True)
    credit = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "user"], name="pool_member_once"),
            models.CheckConstraint(name="weight_above_zero", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id}: {self.user_id}"


class RoutingRule(RecordModel):
    """People who ... go to ...: tried in order after recycle and owner rules."""

    name = models.CharField(max_length=120)
    condition = models.JSONField()  # filter over people
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="rules")
    position = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class HandoffQuerySet(QuerySet["Handoff"]):
    def unanswered(self) -> "HandoffQuerySet":
        return self.filter(state="offered")

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "HandoffQuerySet":
        return self.filter(within(user, permission, owner="rep", unowned=True))


class Handoff(KeyedModel):
    """One lead on its way from marketing to sales: brief, clock, verdict."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handoffs")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="marketing_to_sales")
    lane = models.CharField(max_length=12)  # rules.Lane: hand_raise, score
    reason = models.CharField(max_length=250)  # why an MQL, in words
    brief = models.JSONField(default=dict)  # score parts, their words, visits: as of the offer
    fact_id = models.PositiveBigIntegerField(unique=True, null=True)  # the fact that caused it
    state = models.CharField(max_length=12)  # rules.State: offered, accepted, rejected, ...
    rep = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="handoffs")
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    offered_at = models.DateTimeField()  # of the current round
    accept_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # accepted or rejected
    is_late = models.BooleanField(default=False)  # answered after the due time
    respond_due_at = models.DateTimeField(null=True)
    responded_at = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    attempt_due_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=40, blank=True)  # rules.REASONS of reject, disqualify
    verdict_note = models.TextField(blank=True)
    competitor = models.CharField(max_length=120, blank=True)
    revisit_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)  # nothing more is owed

    objects = HandoffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(closed_at=None),
                name="one_open_handoff_a_person",
            )
        ]
        indexes = [
            models.Index(
                fields=["state", "accept_due_at"],
                condition=Q(closed_at=None),
                name="handoff_accept_clock",
            ),
            models.Index(
                fields=["respond_due_at"],
                condition=Q(closed_at=None, responded_at=None),
                name="handoff_response_clock",
            ),
            models.Index(fields=["rep", "closed_at"], name="handoff_of_rep"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.rep_id}"


class Offer(models.Model):
    """One round: who was asked, until when, and what became of it."""

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="offers")
    round = models.PositiveSmallIntegerField()
    rep = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)  # accepted, rejected, silence
    decision = models.JSONField()  # routing: rules tried, eligible, chosen, why

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "round"], name="offer_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.handoff_id} round {self.round}"


class Rest(models.Model):
    """A recycled person: not handed off before ``until``, then to whom, or without whom."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rests")
    handoff = models.OneToOneField(Handoff, on_delete=models.CASCADE, related_name="rest")
    until = models.DateTimeField()
    return_to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    without = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["until"], condition=Q(ended_at=None), name="rest_running")]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until}"
