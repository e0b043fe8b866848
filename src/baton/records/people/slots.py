"""Places on the pages of a person and a company where higher modules show what is theirs.

And the names of what people keep as a code only, and how rows follow two records that become one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from baton.core.slots import Slot
from baton.core.ui.cells import CellEdits
from baton.records.people.models import Company, Person


class Place(StrEnum):
    """Where on the page; the panels of one place stand in their order."""

    STAGEBAR = "stagebar"  # under the name, over the columns
    PROPERTIES = "properties"  # left, below the details
    MAIN = "main"  # the middle: composer and timeline
    RELATED = "related"  # right
    CALL = "call"  # beside the call: on the open lead, not on the page of the person


@dataclass(frozen=True, kw_only=True)
class PersonPanel:
    """``render`` gives ready HTML (render_to_string); "" shows nothing."""

    name: str
    place: str  # one of Place
    render: Callable[[Any, Person], str]  # of a request with its user
    order: int = 100
    permission: str = ""  # its name; empty: whoever sees the person


@dataclass(frozen=True, kw_only=True)
class PersonAction:
    """A button in the head of the page; it leads to ``url(person)``, "" = not now."""

    label: str | Promise
    icon: str
    url: Callable[[Person], str]
    permission: str = ""
    order: int = 100
    key: str = ""
    is_primary: bool = False
    is_seldom: bool = False  # stands among "More actions", for whoever may edit the record


@dataclass(frozen=True, kw_only=True)
class CompanyPanel:
    """``render`` gives ready HTML (render_to_string); "" shows nothing."""

    name: str
    place: str  # one of Place
    render: Callable[[Any, Company], str]
    order: int = 100
    permission: str = ""


@dataclass(frozen=True, kw_only=True)
class CompanyAction:
    """A button in the head of the page; it leads to ``url(company)``, "" = not now."""

    label: str | Promise
    icon: str
    url: Callable[[Company], str]
    permission: str = ""
    order: int = 100
    key: str = ""
    is_primary: bool = False
    is_seldom: bool = False  # stands among "More actions", for whoever may edit the record


@dataclass(frozen=True, kw_only=True)
class StageMoves:
    """Where a card on the board by lifecycle goes, and whose do: the module that knows the rules
    of stages asks what it has to."""

    object_type: str
    edits: CellEdits


Pairs = Mapping[int, int]  # ids: who was merged -> who is kept


@dataclass(frozen=True, kw_only=True)
class PersonCarrier:
    """How rows that point to a person follow when two become one, and come back when it is undone.

    All pairs at once, in a few statements. ``columns`` names what it carries, as
    "timeline.Note.person". ``carry`` gives by merged id what ``give_back`` needs, as plain JSON;
    ``give_back`` leaves alone what belongs to somebody else by now. ``settle`` comes after all were
    carried (or given back) and makes anew what is derived of these people, in the order given.
    """

    name: str
    columns: tuple[str, ...]
    carry: Callable[[Pairs, datetime], Mapping[int, Any]] = lambda pairs, at: {}
    give_back: Callable[[Pairs, Mapping[int, Any], datetime], object] = lambda *_: None
    settle: Callable[[Collection[int], datetime], object] | None = None
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class CompanyCarrier(PersonCarrier):
    """The same for companies: "deals.Deal.company"."""


stage_moves: Slot[StageMoves] = Slot(key=lambda moves: moves.object_type)
person_panels: Slot[PersonPanel] = Slot(key=lambda panel: panel.name)
person_actions: Slot[PersonAction] = Slot()
company_panels: Slot[CompanyPanel] = Slot(key=lambda panel: panel.name)
company_actions: Slot[CompanyAction] = Slot()
person_carriers: Slot[PersonCarrier] = Slot(key=lambda carrier: carrier.name)
company_carriers: Slot[CompanyCarrier] = Slot(key=lambda carrier: carrier.name)
# Addresses that take the fields typed so far and give what one should know before adding somebody.
person_entry_hints: Slot[Callable[[], str]] = Slot()
company_entry_hints: Slot[Callable[[], str]] = Slot()
# Names by code, all codes at once; what is no code of theirs is left out.
campaign_namers: Slot[Callable[[Collection[str]], Mapping[str, str]]] = Slot()
