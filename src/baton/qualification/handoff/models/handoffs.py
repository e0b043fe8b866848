from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Scope
from baton.core.access.visibility import team_ids, within
from baton.core.keys import KeyedModel
from baton.qualification.handoff import permissions
from baton.qualification.handoff.models.agreements import Agreement
from baton.qualification.handoff.models.routing import Pool, PoolMember
from baton.qualification.handoff.models.territories import Territory
from baton.qualification.handoff.rules import Kind, Lane, State
from baton.records.people.models import Person, found_by_sales


class HandoffQuerySet(QuerySet["Handoff"]):
    def unanswered(self) -> "HandoffQuerySet":
        return self.filter(state=State.OFFERED, closed_at=None)

    def open(self) -> "HandoffQuerySet":
        """Something is owed still: an answer, a first response, a verdict."""
        return self.filter(closed_at=None)

    def of_marketing(self) -> "HandoffQuerySet":
        """Without whom sales found itself, and who was only asked again: neither counts for or
        against marketing; and without what an SDR hands on, which marketing handed over once."""
        return self.to_sales().exclude(found_by_sales()).exclude(lane=Lane.REVISIT)

    def to_sales(self) -> "HandoffQuerySet":
        """From marketing: each lead once, whoever has it later."""
        return self.filter(kind=Kind.MARKETING)

    def to_executives(self) -> "HandoffQuerySet":
        """Whom an SDR qualified and handed on."""
        return self.filter(kind=Kind.EXECUTIVE)

    def held(self) -> "HandoffQuerySet":
        """Locked when read, with all that an answer looks at; after the lock of the person."""
        locked = self.select_for_update(of=("self",), no_key=True)
        return locked.select_related("person__owner", "agreement", "rep")

    def silent(self, at: datetime) -> "HandoffQuerySet":
        """Whose clock and grace have run out: they go to the next one."""
        return self.unanswered().filter(escalates_at__lte=at)

    def answer_due(self, *, until: datetime) -> "HandoffQuerySet":
        """Offers whose clock ends by then, the first to end first: a look into their index."""
        rows = self.unanswered().filter(accept_due_at__lte=until)
        return rows.order_by("accept_due_at", "pk")

    def response_due(self, *, until: datetime) -> "HandoffQuerySet":
        """The same of accepted ones without a first response."""
        waiting = self.open().filter(state=State.ACCEPTED, responded_at=None)
        return waiting.filter(respond_due_at__lte=until).order_by("respond_due_at", "pk")

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "HandoffQuerySet":
        """A pool's own queue is its members', and theirs who see the whole of those teams."""
        rows = self.filter(within(user, permission, owner="rep", unowned=True))
        scope = user.scope(permission)
        if scope is None or scope is Scope.ALL:
            return rows
        theirs = Q(user=user.pk)
        if scope is Scope.TEAM:
            theirs |= Q(user__team__in=team_ids(user))
        pools = PoolMember.objects.filter(theirs).values("pool")
        return rows.filter(
            Q(rep__isnull=False) | Q(pool=None) | Q(pool__is_pull=False) | Q(pool__in=pools)
        )


class Handoff(KeyedModel):
    """One lead on its way from marketing to sales, or from an SDR to an account executive: brief,
    clock, verdict. A person has one at a time, of whichever kind."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handoffs")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default=Kind.MARKETING)
    # Who qualified them and handed them on, and stays that whoever closes.
    handed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lane = models.CharField(max_length=12)  # rules.Lane: hand_raise, score, revisit, qualified
    reason = models.CharField(max_length=250)  # why an MQL, in words
    brief = models.JSONField(default=dict)  # score parts, their words, visits: as of the offer
    channel = models.CharField(max_length=40, blank=True)  # the source that made this MQL
    campaign = models.CharField(max_length=120, blank=True)
    fact_id = models.PositiveBigIntegerField(unique=True, null=True)  # the fact that caused it
    state = models.CharField(max_length=12)  # rules.State: offered, accepted, rejected, ...
    rep = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="handoffs", db_index=False
    )
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    offered_at = models.DateTimeField()  # of the current round
    accept_due_at = models.DateTimeField()
    escalates_at = models.DateTimeField(null=True)  # null: nobody is left to ask
    answered_at = models.DateTimeField(null=True)  # accepted or rejected
    is_late = models.BooleanField(default=False)  # answered after the due time
    respond_due_at = models.DateTimeField(null=True)
    responded_at = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    attempt_due_at = models.DateTimeField(null=True)
    told_due_at = models.DateTimeField(null=True)  # which of these the rep heard to be over
    verdict = models.CharField(max_length=40, blank=True)  # rules: codes of REJECT, DISQUALIFY
    verdict_note = models.TextField(blank=True)
    competitor = models.CharField(max_length=120, blank=True)
    revisit_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)  # nothing more is owed

    objects = HandoffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(closed_at=None),
                name="one_open_handoff_a_person",
            ),
            models.CheckConstraint(
                name="handoff_closed_iff_nothing_owed",
                condition=Q(state__in=["offered", "accepted"], closed_at=None)
                | (~Q(state__in=["offered", "accepted"]) & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "escalates_at"],
                condition=Q(closed_at=None),
                name="handoff_accept_clock",
            ),
            models.Index(
                fields=["state", "accept_due_at"],
                condition=Q(closed_at=None),
                name="handoff_answer_clock",
            ),
            models.Index(
                fields=["respond_due_at"],
                condition=Q(closed_at=None, responded_at=None),
                name="handoff_response_clock",
            ),
            models.Index(fields=["rep", "closed_at"], name="handoff_of_rep"),
            models.Index(fields=["made_at"], name="handoff_made"),
            models.Index(
                fields=["answered_at"],
                condition=Q(answered_at__isnull=False),
                name="handoff_answered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_to_executive(self) -> bool:
        """Handed on by an SDR."""
        return self.kind == Kind.EXECUTIVE

    def is_silent(self, at: datetime) -> bool:
        """The same of one row as ``silent`` of many."""
        is_due = self.escalates_at is not None and self.escalates_at <= at
        return is_due and self.state == State.OFFERED


class Offer(models.Model):
    """One round: who was asked, until when, and what became of it."""

    handoff = models.ForeignKey(
        Handoff, on_delete=models.CASCADE, related_name="offers", db_index=False
    )
    round = models.PositiveSmallIntegerField()
    rep = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pool = models.ForeignKey(
        Pool, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)  # rules.Outcome
    decision = models.JSONField()  # routing: rules tried, eligible, chosen, why
    note = models.CharField(max_length=500, blank=True)  # why it was moved or turned down
    # Where it really lies, says who turned it down.
    territory = models.ForeignKey(Territory, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "round"], name="offer_round_once")
        ]
        indexes = [
            models.Index(fields=["pool", "offered_at"], name="offer_of_pool"),
            models.Index(fields=["offered_at"], name="offer_by_time"),
            models.Index(fields=["rep", "ended_at"], name="offer_of_rep"),
            models.Index(fields=["due_at"], condition=Q(rep__isnull=False), name="offer_due"),
        ]

    def __str__(self) -> str:
        return f"{self.handoff_id} round {self.round}"


class Attempt(models.Model):
    """One try to reach the person; by its fact it is counted once."""

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="attempts")
    fact_id = models.PositiveBigIntegerField(unique=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.handoff_id} at {self.at}"


class RestQuerySet(QuerySet["Rest"]):
    def running(self) -> "RestQuerySet":
        return self.filter(ended_at=None)

    def conditional(self) -> "RestQuerySet":
        """Those that run and may end before their day, and did not come true yet."""
        return self.running().filter(condition__isnull=False, met_at=None)


class Rest(models.Model):
    """A recycled person: not handed off before ``until``, or before a condition comes true; then
    to whom, or without whom."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rests")
    handoff = models.OneToOneField(
        Handoff, null=True, on_delete=models.CASCADE, related_name="rest"
    )
    until = models.DateTimeField()
    return_to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    without = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asks_on_day = models.BooleanField(default=True)  # ``return_to`` set the day, whatever the score
    condition = models.JSONField(null=True)  # a filter of people that ends it before its day
    is_untrue = models.BooleanField(default=False)  # since it began the condition was untrue once
    met_at = models.DateTimeField(null=True)  # when it came true
    ended_at = models.DateTimeField(null=True)
    led_to = models.OneToOneField(
        Handoff, null=True, on_delete=models.SET_NULL, related_name="came_from"
    )  # as which they came back

    objects = RestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_rest_a_person"
            )
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(ended_at=None), name="rest_running"),
            models.Index(
                fields=["person"],
                condition=Q(ended_at=None, met_at=None, condition__isnull=False),
                name="rest_conditional",
            ),
            models.Index(
                fields=["met_at"],
                condition=Q(ended_at=None, met_at__isnull=False),
                name="rest_met",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until}"
