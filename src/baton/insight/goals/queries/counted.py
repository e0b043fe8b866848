"""The rows that figures count: so that what is counted is what is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.sqlite.days import DaysLater
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import State
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import BOUGHT, ORDER, rank
from baton.records.people.models import Person, found_by_sales, in_trash
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import deals_won, sold_apart

Rows = QuerySet[Any, Any]
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows that a figure counts: by their moment, their owner, and (of money) their amount.

    ``hit`` of a share: which of them went on; ``hit_within`` where that takes time: which did so
    within so long of their moment. ``shows`` is the kind of record that they are of.
    """

    name: str
    label: Promise
    shows: str  # person, deal, order, handoff
    rows: Callable[[], Rows]
    moment: str
    owner: str = ""  # empty: nobody's, so that they count for the company alone
    amount: str = ""
    hit: Callable[[], Q] | None = None
    hit_within: Callable[[timedelta], Q] | None = None


def first_moves(stage: str) -> Rows:
    """Of each person the first time that they came to that stage."""
    into = StageChange.objects.filter(to_stage=stage, is_back=False).exclude(in_trash())
    earlier = StageChange.objects.filter(
        person=OuterRef("person"), to_stage=stage, is_back=False, at__lt=OuterRef("at")
    )
    return into.filter(~Exists(earlier))


def later(moment: str, took: timedelta) -> DaysLater:
    """So long after that moment of the outer rows; in whole days."""
    assert not took % DAY  # noqa: S101 -- people are followed for so many days
    return DaysLater(OuterRef(moment), days=took // DAY)


def reached(stage: str) -> Q:
    """Whether the person of a move ever came to that stage, or beyond it."""
    beyond = [one for one in ORDER if rank(one) >= rank(stage)]
    later = StageChange.objects.filter(
        person=OuterRef("person"), to_stage__in=beyond, is_back=False
    )
    return Q(Exists(later))


def reached_within(stage: str, took: timedelta) -> Q:
    """The same, and so soon after the move."""
    beyond = [one for one in ORDER if rank(one) >= rank(stage)]
    soon = StageChange.objects.filter(
        person=OuterRef("person"),
        to_stage__in=beyond,
        is_back=False,
        at__lte=later("at", took),
    )
    return Q(Exists(soon))


def became_mql(**when: Any) -> Q:
    """Of people: whether they ever became an MQL."""
    moves = StageChange.objects.filter(person=OuterRef("pk"), to_stage="mql", is_back=False)
    return Q(Exists(moves.filter(**when)))


def leads() -> Rows:
    return Person.objects.living()


def mqls() -> Rows:
    return Handoff.objects.of_marketing().exclude(state=State.WITHDRAWN)


def made_mql() -> Rows:
    return first_moves("mql").exclude(found_by_sales())


def customers() -> Rows:
    return first_moves("customer").filter(person__stage__in=BOUGHT)


def closed() -> Rows:
    return Deal.objects.living().exclude(state="open")


PEOPLE = Part(
    name="leads",
    label=_("Leads"),
    shows="person",
    rows=leads,
    moment="lead_at",
    owner="owner",
)
HANDED = Part(
    name="mqls",
    label=_("MQLs"),
    shows="handoff",
    rows=mqls,
    moment="made_at",
    owner="rep",
)
WON = Part(
    name="won",
    label=_("Deals won"),
    shows="deal",
    rows=deals_won,
    moment="closed_at",
    owner="owner",
    amount="base_amount",
)
BOUGHT_APART = Part(
    name="purchases",
    label=_("Purchases"),
    shows="order",
    rows=sold_apart,
    moment="placed_at",
    amount="net_amount",
)
CUSTOMERS = Part(
    name="customers",
    label=_("New customers"),
    shows="move",
    rows=customers,
    moment="at",
    owner="owner",
)


def moves(name: str, label: Promise, rows: Callable[[], Rows], *, to: str = "") -> Part:
    return Part(
        name=name,
        label=label,
        shows="move",
        rows=rows,
        moment="at",
        owner="owner",
        hit=(lambda: reached(to)) if to else None,
        hit_within=(lambda took: reached_within(to, took)) if to else None,
    )
