"""All handoffs, answered ones too, as a list: beside the desk, which shows who waits."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.groups import by_owner
from baton.core.access.models import User
from baton.core.filters.listed import ListFilter
from baton.core.saved.shown import views_of
from baton.core.ui.grouping import by_name
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing, list_page
from baton.core.ui.spans import by_spans
from baton.marketing.capture.queries import channel_words
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.words import (
    KINDS,
    LANES,
    REASONS,
    STATE_HUES,
    STATES,
    reason_label,
    state_words,
)
from baton.records.people.queries import campaigns_called, people_called

TABS: Mapping[str, Promise] = {
    "": _("All"),
    "unanswered": _("Not answered"),
    "open": _("Still owed"),
    "closed": _("Closed"),
}


def leads_asked(user: User, asked: Mapping[str, Any]) -> QuerySet[Handoff]:
    """Those of a tab that this user may see."""
    rows = Handoff.objects.visible_to(user)
    view = asked.get("view", "")
    if view == "unanswered":
        rows = rows.unanswered()
    elif view == "open":
        rows = rows.open()
    elif view == "closed":
        rows = rows.exclude(closed_at=None)
    return rows.select_related("person__company", "rep", "handed_by")


def leads_found(count: int, said: str) -> str:
    """How many a filter finds."""
    return ngettext("%(n)s lead matches", "%(n)s leads match", count) % {"n": said}


def state_badge(handoff: Handoff) -> dict[str, Any]:
    """What became of it, and its colour."""
    hue = STATE_HUES.get(handoff.state, "gray")
    return {"name": state_words(handoff), "hue": hue}


def _company(handoff: Handoff) -> str:
    return str(handoff.person.company or "")


def _name_campaigns(handoffs: list[Any]) -> None:
    names = campaigns_called(handoff.campaign for handoff in handoffs)
    for handoff in handoffs:
        handoff.came_by = names.get(handoff.campaign, "") or channel_words(handoff.channel)


LEADS = Listing(
    name="leads",
    columns=(
        Column(name="person", label=_("Who")),
        Column(name="company", label=_("Company"), value=_company),
        Column(name="state", label=_("State"), kind="badge", value=state_badge, on_phone=True),
        Column(name="kind", label=_("Kind"), value=lambda lead: KINDS.get(lead.kind, lead.kind)),
        Column(
            name="lane",
            label=_("Lane"),
            term="lane",
            value=lambda lead: LANES.get(lead.lane, lead.lane),
        ),
        Column(name="rep", label=_("Rep"), term="owner", kind="owner"),
        Column(
            name="handed_by",
            label=_("Handed on by"),
            value=lambda lead: lead.handed_by.name if lead.handed_by else "",
        ),
        Column(
            name="made_at",
            label=_("Handed off"),
            term="handoff",
            kind="when",
            sort="made_at",
            on_phone=True,
        ),
        Column(name="answered_at", label=_("Answered"), kind="when"),
        Column(
            name="verdict",
            label=_("Verdict"),
            term="verdict",
            value=lambda lead: reason_label(lead.verdict) if lead.verdict else "",
        ),
        Column(name="came_by", label=_("Source of the MQL")),
    ),
    order="-made_at",
    search=lambda rows, text: rows.filter(person__in=people_called(text)),
    second=_company,
    url=lambda lead: reverse("handoff:lead", args=[lead.key]),
    prepare=_name_campaigns,
    empty=Empty(
        icon="leads",
        text=_("Here stands every lead that was handed off, and what became of it."),
    ),
    filters=(Filter(name="view", label=_("View"), knows=TABS.__contains__, is_tab=True),),
    rows=leads_asked,
    asks=ListFilter(object_type="handoff", found=leads_found),
    groupings=(
        Grouping(
            name="state",
            label=_("State"),
            field="state",
            named=lambda values: STATES,
            empty=_("No state"),
        ),
        by_owner(field="rep_id", label=_("Rep")),
        Grouping(
            name="kind",
            label=_("Kind"),
            field="kind",
            named=lambda values: KINDS,
            empty=_("No kind"),
        ),
        Grouping(
            name="lane",
            label=_("Lane"),
            field="lane",
            named=lambda values: LANES,
            empty=_("No lane"),
        ),
        Grouping(
            name="verdict",
            label=_("Verdict"),
            field="verdict",
            named=lambda values: REASONS,
            empty=_("No verdict"),
        ),
        Grouping(
            name="source",
            label=_("Source of the MQL"),
            field="channel",
            named=lambda values: by_name({one: channel_words(one) for one in values}),
            empty=_("No source"),
        ),
        *by_spans(Handoff, "made_at", _("Handed off")),
        *by_spans(Handoff, "answered_at", _("Answered")),
    ),
)


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def leads(request: HtmxRequest) -> HttpResponse:
    """Every handoff that one may see."""
    user, view = user_of(request), request.GET.get("view", "")
    context = {
        "list": list_page(request, LEADS, leads_asked(user, request.GET)),
        "views": views_of(request, LEADS),
        "tabs": [(name, label, name == view) for name, label in TABS.items()],
    }
    return page_or_partial(request, "handoff/leads.html", "list", context)
