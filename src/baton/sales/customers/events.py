"""What is worth telling after a deal was won."""

from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class CustomerFact(Fact):
    """About one customer; whom it is about stands in the envelope."""

    side: ClassVar[Side] = Side.SALES
    customer_id: int


@dataclass(frozen=True, kw_only=True)
class CustomerStarted(CustomerFact):
    """A deal was won: from the seller to who looks after them from now on."""

    name: ClassVar[str] = "customer.started"
    owner_id: int
    seller_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerGiven(CustomerFact):
    """To another owner."""

    name: ClassVar[str] = "customer.given"
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class CustomerAccepted(CustomerFact):
    """The owner took it over."""

    name: ClassVar[str] = "customer.accepted"
    owner_id: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class CustomerCalled(CustomerFact):
    """The owner spoke to them for the first time."""

    name: ClassVar[str] = "customer.called"
    owner_id: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class HandoverLate(CustomerFact):
    """A clock of the handover ran out; once for each of its promises."""

    name: ClassVar[str] = "customer.handover_late"
    owner_id: int
    promise: str  # rules.Promise


@dataclass(frozen=True, kw_only=True)
class CustomerDeleted(CustomerFact):
    """Into the trash, by hand or since the deal is not won any more."""

    name: ClassVar[str] = "customer.deleted"


@dataclass(frozen=True, kw_only=True)
class CustomerRestored(CustomerFact):
    """Out of the trash."""

    name: ClassVar[str] = "customer.restored"


@dataclass(frozen=True, kw_only=True)
class StepDone(CustomerFact):
    """A step of the onboarding."""

    name: ClassVar[str] = "customer.step_done"
    step: str


@dataclass(frozen=True, kw_only=True)
class FirstValue(CustomerFact):
    """The day on which they first had use of what they bought; empty: taken back."""

    name: ClassVar[str] = "customer.first_value"
    on: str
    days: int


@dataclass(frozen=True, kw_only=True)
class HealthChanged(CustomerFact):
    """Better or worse than before, with the signs that speak against them."""

    name: ClassVar[str] = "customer.health_changed"
    health: str  # rules.Level
    former: str
    signs: list[str]


@dataclass(frozen=True, kw_only=True)
class IssueOpened(CustomerFact):
    name: ClassVar[str] = "customer.issue_opened"
    issue: str


@dataclass(frozen=True, kw_only=True)
class IssueClosed(CustomerFact):
    name: ClassVar[str] = "customer.issue_closed"
    issue: str


@dataclass(frozen=True, kw_only=True)
class RenewalNear(CustomerFact):
    """The contract ends in so many days; told at 90, 60 and 30, each once."""

    name: ClassVar[str] = "customer.renewal_near"
    mark: int
    days: int


@dataclass(frozen=True, kw_only=True)
class SecondDue(CustomerFact):
    """They bought once, so many days ago that half of those who buy again had done so; once."""

    name: ClassVar[str] = "customer.second_due"
    days: int


@dataclass(frozen=True, kw_only=True)
class CheckinLate(CustomerFact):
    """Nobody spoke with them by the day that their rhythm asks for; told once until one does."""

    name: ClassVar[str] = "customer.checkin_late"
    due_on: str


@dataclass(frozen=True, kw_only=True)
class FavourAsked(CustomerFact):
    """Somebody there is to be asked for a review or a referral."""

    name: ClassVar[str] = "favour.asked"
    kind: str  # rules.FavourKind


@dataclass(frozen=True, kw_only=True)
class FavourAnswered(CustomerFact):
    """They wrote it, named somebody, or would rather not."""

    name: ClassVar[str] = "favour.answered"
    kind: str  # rules.FavourKind
    outcome: str  # rules.FavourOutcome


@dataclass(frozen=True, kw_only=True)
class Renewed(CustomerFact):
    """They go on; the amount as text, exact, empty = unknown."""

    name: ClassVar[str] = "customer.renewed"
    ends_on: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class Churned(CustomerFact):
    """They do not go on."""

    name: ClassVar[str] = "customer.churned"
    on: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WonBack(CustomerFact):
    """They are a customer again."""

    name: ClassVar[str] = "customer.won_back"


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(CustomerFact):
    """Somebody there said how content they are; told again when they changed it."""

    name: ClassVar[str] = "survey.answered"
    kind: str  # rules.SurveyKind
    score: int
    comment: str
    is_change: bool = False
