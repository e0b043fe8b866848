"""Where higher modules plug something into the open lead."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from baton.core.access.models import User
from baton.core.offers import Label
from baton.core.slots import Slot
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.rules import Measured, Tally


@dataclass(frozen=True, kw_only=True)
class LeadAction:
    """A button on a lead that was taken; it leads to ``url(handoff)``, "" = not now."""

    label: str | Promise
    icon: str
    url: Callable[[Handoff], str]
    permission: str = ""  # its name; empty: whoever sees the lead
    order: int = 100


lead_actions: Slot[LeadAction] = Slot()


@dataclass(frozen=True, kw_only=True)
class ClockedKind:
    """Open deals have clocks of the agreement; their module lies above.

    ``shown``: by id, the name and the address; ``stages``: key and name of each that may have a
    number of its own.
    """

    shown: Callable[[Collection[int]], Mapping[int, tuple[str, str]]]
    stages: Callable[[], Mapping[str, str]]


clocked_deals: Slot[ClockedKind] = Slot()
# By person, the user who answers what they write: who has their open deal.
answerers: Slot[Callable[[Collection[int]], Mapping[int, int]]] = Slot()


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A deal that was lost. ``by``: who said why, and reads what is answered."""

    deal_id: int
    deal_key: UUID
    reason: str
    note: str
    by: User | None
    at: datetime | None
    url: str


@dataclass(frozen=True, kw_only=True)
class LaterLoss:
    """Why the deal was lost that came of a lead; its module lies above.

    ``why`` and ``deal``: of a row of handoffs the reason and the deal's id as far as the user may
    know it (None: whoever asks), NULL where none is lost; ``words``: what that reason is called;
    ``told``: more of one of these deals.
    """

    why: Callable[[User | None], Combinable]
    deal: Callable[[User | None], Combinable]
    words: Callable[[str], Label]
    told: Callable[[int], Loss]


later_losses: Slot[LaterLoss] = Slot()


@dataclass(frozen=True, kw_only=True)
class EffectShown:
    """What a draft would have meant: how many now, how many then, out of how many (None: a count);
    ``url`` lists them, with ``?then=1`` those under the draft."""

    words: Label
    now: int
    then: int
    all: int | None
    url: str


@dataclass(frozen=True, kw_only=True)
class PromiseShown:
    """One promise as a person reads it, how it is kept, and where what it counts is listed."""

    kept: Tally
    url: str
    broken_url: str
    words: Label = ""
    falls_due: bool = True  # False: of all that there were in the month, not of what fell due

    @property
    def percent(self) -> int:
        return round(self.kept.rate * 100) if self.kept.rate is not None else 0

    @property
    def hue(self) -> str:
        rate = self.kept.rate
        if rate is None:
            return "gray"
        return "green" if rate >= 0.9 else "amber" if rate >= 0.75 else "red"


@dataclass(frozen=True, kw_only=True)
class SideShown:
    """What one side owes, and how it keeps it this month. ``counted``: what it handed over, in
    words, with the number and its list."""

    title: Label
    lines: Sequence[PromiseShown]
    counted: tuple[Label, int, str] | None = None


@dataclass(frozen=True, kw_only=True)
class KeptAbove:
    """A kind of agreement whose records lie above: how both sides keep it this month under the
    version in force, where that is told apart, and what a draft would mean."""

    kind: str
    sides: Callable[[User, Agreement, datetime], Sequence[SideShown]]
    kept_url: Callable[[], str]
    effects: Callable[[Agreement, Agreement, User, datetime], list[EffectShown]]
    measured: Callable[[datetime], Mapping[str, Measured | None]]  # by term, in the last year
    links: Callable[[], Sequence[tuple[str, str]]]  # what belongs to it elsewhere: label, address


kept_above: Slot[KeptAbove] = Slot(key=lambda one: one.kind)
