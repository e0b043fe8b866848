"""The records behind a goal's figure, as far as somebody may see them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.insight.goals.models import Goal
from baton.insight.goals.queries.counted import Part, Rows
from baton.insight.goals.queries.figures import FIGURES, Figure
from baton.insight.goals.queries.ledger import (
    Owners,
    moment_of,
    rows_of,
    stood_as_customers,
)
from baton.insight.goals.queries.standing import owners_of
from baton.insight.goals.rules import Span
from baton.qualification.handoff.models import Handoff
from baton.records.people.models import Person
from baton.records.purchases.models import Order
from baton.sales.customers.models import Survey
from baton.sales.customers.queries import csat_answers
from baton.sales.deals.models import Deal

CLOSING = "closing"
MODELS: dict[str, Any] = {
    "person": Person,
    "deal": Deal,
    "order": Order,
    "handoff": Handoff,
    "survey": Survey,
}


@dataclass(frozen=True, kw_only=True)
class Behind:
    """``rows``: what the user sees of them; ``all``: how many are counted."""

    name: str
    label: Promise
    shows: str
    rows: QuerySet[Any, Any]
    all: int


def behind(goal: Goal, *, part: str, user: User, span: Span, today: date) -> Behind | None:
    """Of one part of its figure (its first, without a name); None where it has no such part."""
    figure = FIGURES[goal.figure]
    if figure.name == "retention":
        return _customers(span, user=user)
    if figure.name == "satisfaction":
        answers = csat_answers(span.first, span.last, owners_of(goal))
        return _behind("answers", _("Answers"), "survey", answers, user=user)
    if figure.wins and part == CLOSING:
        return _closing(goal, user=user, today=today)
    named = {one.name: one for one in figure.parts}
    found = named.get(part) if part else next(iter(figure.parts), None)
    return _counted(found, span, owners_of(goal), user=user) if found else None


def counted(figure: Figure, *, part: str, user: User, span: Span, hits: bool) -> Behind | None:
    """Of the company's figure in any days; ``hits`` of a share: those alone that went on."""
    found = next((one for one in figure.parts if part in ("", one.name)), None)
    if found is None or (hits and found.hit is None):
        return None
    if hits and found.hit:
        found = _went_on(found, found.hit())
    return _counted(found, span, None, user=user)


def _went_on(part: Part, hit: Q) -> Part:
    return replace(part, rows=lambda: part.rows().filter(hit))


def _counted(part: Part, span: Span, owners: Owners, *, user: User) -> Behind:
    rows = rows_of(part, span, owners)
    shows = part.shows
    if shows == "move":
        shows, rows = "person", Person.objects.filter(pk__in=rows.values("person"))
    return _behind(part.name, part.label, shows, rows, user=user)


def _customers(span: Span, *, user: User) -> Behind:
    people = stood_as_customers(moment_of(span.first)).values("person")
    label, rows = _("Customers as it began"), Person.objects.filter(pk__in=people)
    return _behind("customers", label, "person", rows, user=user)


def _closing(goal: Goal, *, user: User, today: date) -> Behind:
    deals = Deal.objects.open().filter(close_on__gte=today, close_on__lte=goal.ends_on)
    owners = owners_of(goal)
    if owners is not None:
        deals = deals.filter(owner__in=owners)
    return _behind(CLOSING, _("To close by then"), "deal", deals, user=user)


def _behind(name: str, label: Promise, shows: str, rows: Rows, *, user: User) -> Behind:
    seen = MODELS[shows].objects.visible_to(user).filter(pk__in=rows.values("pk"))
    return Behind(name=name, label=label, shows=shows, rows=seen, all=rows.count())
