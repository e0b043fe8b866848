"""The records that a figure of the agenda counts."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.limits import hidden
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.insight.analytics.queries import period_words, today
from baton.insight.analytics.rules import Period
from baton.insight.reviews.permissions import VIEW_REVIEWS
from baton.insight.reviews.queries import ASKS_BY, NARROWED, WHATS, behind
from baton.insight.reviews.views.loading import asked_week
from baton.qualification.handoff.queries import verdict_words
from baton.sales.deals.models import DealQuerySet
from baton.sales.deals.queries import called, reason_words

NONE = Empty(icon="review", text=gettext_lazy("Nothing is behind this figure that you may see."))
HANDOFFS = Listing(
    name="review-mqls",
    columns=(
        Column(name="person", label=gettext_lazy("Name"), value=lambda one: one.person.full_name),
        Column(name="campaign", label=gettext_lazy("Campaign")),
        Column(
            name="verdict",
            label=gettext_lazy("Verdict"),
            value=lambda one: verdict_words(one.verdict) if one.verdict else "",
            on_phone=True,
        ),
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
DEALS = Listing(
    name="review-deals",
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
        Column(
            name="reason",
            label=gettext_lazy("Reason"),
            value=lambda deal: reason_words(deal.reason, state=deal.state) if deal.reason else "",
            on_phone=True,
        ),
        Column(name="competitor", label=gettext_lazy("Competitor")),
        Column(name="objection", label=gettext_lazy("Objection")),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner"),
    ),
    order="-amount",
    search=lambda deals, text: called(cast(DealQuerySet, deals), text),
    second=lambda deal: deal.company.name if deal.company else "",
    empty=NONE,
)
NEEDS = {"handoff": ("person", "rep"), "deal": ("company", "owner")}


@requires(VIEW_REVIEWS)
@require_GET
def records(request: HtmxRequest) -> HttpResponse:
    """Exactly those that are counted, as far as one sees them."""
    what = request.GET.get("what", "")
    if what not in WHATS or ASKS_BY.get(what) in hidden("deal"):
        raise Http404
    week = asked_week(request, today=today())
    asked = _asked(request)
    found = behind(what, week=week, user=user_of(request), at=timezone.now(), asked=asked)
    gone = hidden("deal")
    narrowed = [name for name in NARROWED[found.shows] if name not in gone]
    named = {name: request.GET[name] for name in narrowed if name in request.GET}
    rows = found.rows.filter(**named).select_related(*NEEDS[found.shows])
    listing = DEALS if found.shows == "deal" else HANDOFFS
    context = {
        "list": list_page(request, listing, rows),
        "title": found.label,
        "about": period_words(Period(week.monday, week.sunday)),
        "back": f"{reverse('reviews:review')}?week={week.monday}",
    }
    return page_or_partial(request, "reviews/records.html", "list", context)


def _asked(request: HtmxRequest) -> UUID | None:
    """The rep whose answers are meant, of a figure that counts those. Raises Http404."""
    try:
        return UUID(request.GET["asked"]) if "asked" in request.GET else None
    except ValueError as no:
        raise Http404 from no
