from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """From whom to whom; each kind has an agreement of its own."""

    MARKETING = "marketing_to_sales"
    EXECUTIVE = "sdr_to_ae"  # who qualified hands on to who closes
    OWNER = "ae_to_owner"  # who sold hands over to who looks after them


class Lane(StrEnum):
    """Why somebody is handed off; each lane has its own clock."""

    HAND_RAISE = "hand_raise"  # asked to be contacted: sorted first, shorter clock
    SCORE = "score"  # fit and engagement are over the threshold
    REVISIT = "revisit"  # the rep wanted to ask again on this day
    QUALIFIED = "qualified"  # an SDR confirmed the need: to an account executive


class State(StrEnum):
    """Where a handoff stands. All but the first two are closed: nothing more is owed."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    QUALIFIED = "qualified"  # need confirmed, or a deal is open (of an AE: a deal is open)
    DISQUALIFIED = "disqualified"
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"  # the person went into the trash


class Outcome(StrEnum):
    """How one offer ended."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SILENCE = "silence"  # nobody answered in time: the next one is asked
    MOVED = "moved"  # given to somebody by hand
    REDIRECTED = "redirected"  # turned down as lying in another territory: the next one is asked
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Who signs; of each kind two."""

    MARKETING = "marketing"
    SALES = "sales"
    CUSTOMERS = "customers"  # who look after customers


PARTIES: Mapping[str, tuple[Side, Side]] = {
    Kind.MARKETING: (Side.MARKETING, Side.SALES),
    Kind.EXECUTIVE: (Side.MARKETING, Side.SALES),
    Kind.OWNER: (Side.SALES, Side.CUSTOMERS),
}


class Gives(StrEnum):
    """Who gets a new customer."""

    TURNS = "turns"  # of the customer owners who has the fewest
    ONE = "one"
    SELLER = "seller"


# By the names of roles. Owner and admin sign for both: in a company of one, one person does.
SIGNS = {
    "owner": (Side.MARKETING, Side.SALES),
    "admin": (Side.MARKETING, Side.SALES),
    "head_of_marketing": (Side.MARKETING,),
    "head_of_sales": (Side.SALES,),
    "sales_manager": (Side.SALES,),
}


def sides_of(role: str) -> tuple[Side, ...]:
    """For which sides of what marketing and sales agree on somebody of this role signs."""
    return SIGNS.get(role, ())


def sides_after_the_win(role: str, *, leads_owners: bool) -> tuple[Side, ...]:
    """The same of what sales and customer owners agree on. ``leads_owners``: some of the customer
    owners work under them; a manager who leads them speaks for them, not for sales."""
    if role in {"owner", "admin"}:
        return PARTIES[Kind.OWNER]
    if leads_owners:
        return PARTIES[Kind.OWNER] if role == "head_of_sales" else (Side.CUSTOMERS,)
    return tuple(side for side in sides_of(role) if side is Side.SALES)


# What a version may demand: nobody keeps more, and the clocks look no further ahead.
AT_LEAST = {"grace_minutes": 0, "idle_by_stage": 0}  # all others: one
AT_MOST = {
    "threshold": 1000,
    "accept_minutes": 10_000,
    "respond_minutes": 10_000,
    "hand_raise_accept_minutes": 10_000,
    "hand_raise_respond_minutes": 10_000,
    "grace_minutes": 10_000,
    "attempts": 100,
    "attempt_days": 60,
    "recycle_days": 3650,
    "max_rounds": 100,
    "mqls_a_month": 1_000_000,
    "revenue_goal": 1_000_000_000_000,
    "marketing_share": 100,
    "average_deal": 1_000_000_000_000,
    "reply_minutes": 10_000,
    "idle_days": 250,
    "step_days": 60,
    "pause_days": 365,
    "brief_minutes": 10_000,
    "value_days": 1000,
    "quiet_days": 1000,
    "checkin_well": 1000,
    "checkin_watch": 1000,
    "checkin_risk": 1000,
}
AT_MOST_BY_CODE = {"rest_days": 3650, "ladder": 10_000, "idle_by_stage": 250}
# Who is told of a late lead beyond the rep, in the order in which they are told.
LADDER = ("sales_manager", "head_of_sales", "head_of_marketing")
UNREACHABLE = "unreachable"  # its own rest beside those of the reasons


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The numbers of one version of the agreement. Minutes are working time of whoever owes."""

    threshold: int
    accept_minutes: int
    respond_minutes: int
    hand_raise_accept_minutes: int
    hand_raise_respond_minutes: int
    grace_minutes: int  # a late lead stays so long with the one who was asked
    attempts: int
    attempt_days: int
    recycle_days: int
    max_rounds: int
    hand_raise_forms: frozenset[str] = frozenset()
    mqls_a_month: int | None = None
    rest_days: Mapping[str, int] = field(default_factory=dict)
    ladder: Mapping[str, int] = field(default_factory=dict)
    # None: not promised. Working minutes to answer, working days of a deal, days of a pause.
    reply_minutes: int | None = None
    idle_days: int | None = None
    idle_by_stage: Mapping[str, int] = field(default_factory=dict)  # 0: not promised there
    step_days: int | None = None
    pause_days: int | None = None

    def rest(self, reason: str) -> timedelta:
        """How long somebody with this verdict is left alone."""
        return timedelta(days=self.rest_days.get(reason, self.recycle_days))

    def accept_within(self, lane: str) -> timedelta:
        """Working time from the offer to accepting or rejecting it."""
        is_short = lane == Lane.HAND_RAISE
        return timedelta(
            minutes=self.hand_raise_accept_minutes if is_short else self.accept_minutes
        )

    def respond_within(self, lane: str) -> timedelta:
        """Working time from accepting to the first response."""
        is_short = lane == Lane.HAND_RAISE
        minutes = self.hand_raise_respond_minutes if is_short else self.respond_minutes
        return timedelta(minutes=minutes)

    def grace(self, lane: str) -> timedelta:
        """Working time after the due time until the next one is asked; at most the clock itself."""
        return min(timedelta(minutes=self.grace_minutes), self.accept_within(lane))
