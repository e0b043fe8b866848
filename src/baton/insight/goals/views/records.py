"""The records that a goal's figure counts."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.formats import grouped
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.words import label_of
from baton.insight.analytics.queries import today
from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY
from baton.insight.goals.models import Goal
from baton.insight.goals.permissions import VIEW_GOALS
from baton.insight.goals.queries import FIGURES, behind, counted
from baton.insight.goals.queries.records import CLOSING, Behind
from baton.insight.goals.rules import Span
from baton.insight.goals.views.loading import goal_or_404
from baton.insight.goals.views.shown import is_known, records_url
from baton.insight.goals.words import span_words
from baton.records.people.queries import people_matching, people_matching_in_order
from baton.sales.deals.models import DealQuerySet
from baton.sales.deals.queries import called

NONE = Empty(icon="goal", text=gettext_lazy("Nothing is behind this figure that you may see."))
OWNER = Column(name="owner", label=gettext_lazy("Owner"), kind="owner")
PEOPLE = Listing(
    name="goal-people",
    columns=(
        Column(name="full_name", label=gettext_lazy("Name"), sort="sort_key"),
        Column(name="company", label=gettext_lazy("Company")),
        Column(
            name="stage",
            label=gettext_lazy("Lifecycle now"),
            value=lambda person: label_of(person.stage),
            on_phone=True,
        ),
        OWNER,
        Column(
            name="lead_at",
            label=gettext_lazy("Lead since"),
            kind="when",
            sort="lead_at",
            on_phone=True,
        ),
    ),
    order="-lead_at",
    search=people_matching,
    search_in_order=people_matching_in_order,
    second=lambda person: person.company.name if person.company else "",
    empty=NONE,
)
DEALS = Listing(
    name="goal-deals",
    columns=(
        Column(name="name", label=gettext_lazy("Deal"), sort="sort_key"),
        Column(name="company", label=gettext_lazy("Company")),
        Column(
            name="amount",
            label=gettext_lazy("Amount"),
            kind="money",
            sort="base_amount",
            on_phone=True,
        ),
        OWNER,
        Column(name="opened_at", label=gettext_lazy("Opened"), kind="when"),
        Column(name="close_on", label=gettext_lazy("Closes"), kind="day"),
        Column(name="closed_at", label=gettext_lazy("Closed"), kind="when", on_phone=True),
    ),
    order="-amount",
    search=lambda deals, text: called(cast(DealQuerySet, deals), text),
    second=lambda deal: deal.company.name if deal.company else "",
    empty=NONE,
)
ORDERS = Listing(
    name="goal-orders",
    columns=(
        Column(name="buyer", label=gettext_lazy("Purchase"), value=str),
        Column(
            name="net_amount", label=gettext_lazy("Amount"), value=lambda order: order.net_amount
        ),
        Column(
            name="placed_at",
            label=gettext_lazy("Bought"),
            kind="when",
            sort="placed_at",
            on_phone=True,
        ),
    ),
    order="-placed_at",
    empty=NONE,
)
HANDOFFS = Listing(
    name="goal-mqls",
    columns=(
        Column(name="person", label=gettext_lazy("Name"), value=lambda one: one.person.full_name),
        Column(name="reason", label=gettext_lazy("Why an MQL"), on_phone=True),
        Column(name="rep", label=gettext_lazy("Rep"), kind="owner"),
        Column(
            name="made_at",
            label=gettext_lazy("Handed over"),
            kind="when",
            sort="made_at",
            on_phone=True,
        ),
    ),
    order="-made_at",
    url=lambda one: reverse("handoff:lead", args=[one.key]),
    empty=NONE,
)
ANSWERS = Listing(
    name="goal-answers",
    columns=(
        Column(name="person", label=gettext_lazy("Who"), value=lambda one: str(one.person)),
        Column(
            name="customer", label=gettext_lazy("Customer"), value=lambda one: one.customer.name
        ),
        Column(name="score", label=gettext_lazy("Answer"), sort="score", on_phone=True),
        Column(name="comment", label=gettext_lazy("What they wrote")),
        Column(
            name="answered_at",
            label=gettext_lazy("Answered"),
            kind="when",
            sort="answered_at",
            on_phone=True,
        ),
    ),
    order="-answered_at",
    url=lambda one: one.customer.get_absolute_url(),
    empty=NONE,
)
LISTINGS = {
    "person": PEOPLE,
    "deal": DEALS,
    "order": ORDERS,
    "handoff": HANDOFFS,
    "survey": ANSWERS,
}
NEEDS = {
    "person": ("company", "owner"),
    "deal": ("company", "owner"),
    "order": (),
    "handoff": ("person", "rep"),
    "survey": ("person", "customer"),
}


@requires(VIEW_GOALS)
@require_GET
def records(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Exactly those that are counted; of other teams' it is said how many there are."""
    goal = goal_or_404(request, key)
    asked, now = request.GET.get("part", ""), today()
    span = goal.span.until(now)
    if not is_known(goal) or span is None:
        raise Http404
    found = behind(goal, part=asked, user=user_of(request), span=span, today=now)
    if found is None:
        raise Http404
    rows = found.rows.select_related(*NEEDS[found.shows]) if NEEDS[found.shows] else found.rows
    page = list_page(request, LISTINGS[found.shows], rows)
    context = {
        "list": page,
        "goal": goal,
        "title": f"{FIGURES[goal.figure].label}, {found.label}",
        "about": _about(goal.span, found, seen=page.total, is_searched=bool(page.text)),
        "parts": _parts(goal, found),
    }
    return page_or_partial(request, "goals/records.html", "list", context)


@requires(VIEW_GOALS)
@require_GET
def counted_in(request: HtmxRequest) -> HttpResponse:
    """The same of the company's figure in whatever days the address names, without a goal."""
    figure = FIGURES.get(request.GET.get("figure", ""))
    span = _asked_days(request)
    if figure is None or span is None:
        raise Http404
    asked, hits = request.GET.get("part", ""), request.GET.get("hits") == "1"
    found = counted(figure, part=asked, user=user_of(request), span=span, hits=hits)
    if found is None:
        raise Http404
    rows = found.rows.select_related(*NEEDS[found.shows]) if NEEDS[found.shows] else found.rows
    page = list_page(request, LISTINGS[found.shows], rows)
    context = {
        "list": page,
        "title": f"{figure.label}, {found.label}",
        "about": _about(span, found, seen=page.total, is_searched=bool(page.text)),
    }
    return page_or_partial(request, "goals/records.html", "list", context)


def _asked_days(request: HtmxRequest) -> Span | None:
    try:
        first, last = (date.fromisoformat(request.GET.get(name, "")) for name in ("from", "until"))
    except ValueError:
        return None
    is_sound = FIRST_DAY <= first <= last <= LAST_DAY
    return Span(first, last) if is_sound else None


def _about(span: Span, found: Behind, *, seen: int, is_searched: bool) -> str:
    words = span_words(span)
    hidden = 0 if is_searched else found.all - seen
    if hidden <= 0:
        return words
    said = _("%(count)s more belong to others") % {"count": grouped(hidden)}
    return f"{words} · {said}"


def _parts(goal: Goal, found: Behind) -> list[tuple[Any, str, bool]]:
    """What else is counted: purchases beside deals, and deals that may still come."""
    figure = FIGURES[goal.figure]
    parts = [(one.label, records_url(goal, one.name), one.name) for one in figure.parts]
    if figure.wins:
        parts.append((gettext_lazy("To close by then"), records_url(goal, CLOSING), CLOSING))
    if len(parts) < 2:
        return []
    return [(label, url, name == found.name) for label, url, name in parts]
