"""The lists of campaigns, of their members and of costs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.groups import by_owner
from baton.core.access.models import User
from baton.core.colleagues.interests import FOLLOWING, among_followed
from baton.core.editing.shown import bulk_of
from baton.core.filters.listed import ListFilter
from baton.core.saved.shown import views_of
from baton.core.settings.queries import organisation
from baton.core.ui.asked import days_back, turned
from baton.core.ui.cells import CellEdits
from baton.core.ui.formats import money
from baton.core.ui.grouping import by_name
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing, list_page
from baton.core.ui.pages import opened
from baton.core.ui.spans import by_spans
from baton.marketing.campaigns.models import Campaign, CampaignMember
from baton.marketing.campaigns.permissions import EDIT_CAMPAIGNS, VIEW_CAMPAIGNS
from baton.marketing.campaigns.queries import (
    cost_of,
    cost_per_lead,
    count_people,
    led_by,
    with_costs,
)
from baton.marketing.campaigns.rules import Status, state_of
from baton.marketing.campaigns.views.asked import cost_filter, period_words
from baton.marketing.campaigns.views.listed_costs import COSTS, costs_asked, plain_days
from baton.marketing.campaigns.views.loading import campaign_or_404
from baton.marketing.campaigns.wording import STATES, STATUS_BADGES, Badge
from baton.marketing.capture.queries import CHANNELS, channel_words

MEMBER_TABS: Mapping[str, Promise] = {
    "": _("All"),
    "responded": _("Responded"),
    "leads": _("Leads"),
}


def state_badge(campaign: Campaign) -> Badge:
    """Planned, running or over, today."""
    state = state_of(
        starts_on=campaign.starts_on, ends_on=campaign.ends_on, on=timezone.localdate()
    )
    return STATES[state]


def campaigns_asked(user: User, asked: Mapping[str, Any]) -> QuerySet[Campaign]:
    """All that this user may see, with what they cost; or those that they follow."""
    rows = Campaign.objects.visible_to(user)
    rows = among_followed(rows, asked, user=user, object_type="campaign")
    return with_costs(rows).select_related("owner")


def campaigns_opened(user: User) -> QuerySet[Campaign]:
    """Those of the list as it opens."""
    return campaigns_asked(user, {})


def campaigns_found(count: int, said: str) -> str:
    """How many a filter finds."""
    return ngettext("%(n)s campaign matches", "%(n)s campaigns match", count) % {"n": said}


def _called_so(rows: QuerySet[Campaign], text: str) -> QuerySet[Campaign]:
    """In whose name the text stands."""
    return rows.filter(sort_key__contains=text.casefold())


GROUPINGS = (
    Grouping(
        name="channel",
        label=_("Channel"),
        field="channel",
        named=lambda values: by_name({one: channel_words(one) for one in values}),
        empty=_("No channel"),
        choices=lambda: [code for code in CHANNELS if code],
        edit="channel",
        is_required=True,
    ),
    by_owner(),
    *by_spans(Campaign, "starts_on", _("Start")),
)
EDITS = CellEdits(
    url_name="campaigns:edit-field",
    among=lambda user: Campaign.objects.visible_to(user, EDIT_CAMPAIGNS),
)
EMPTY = _("A campaign gathers what one effort brought, and what it cost.")


def campaigns_listing(base: str, *, may_edit: bool, user: User | None = None) -> Listing:
    """The list of campaigns, money in the company's currency; for a user with their people."""
    listing = Listing(
        name="campaigns",
        columns=_columns(base),
        order="-period",
        search=_called_so,
        second=_channel,
        actions="editing/bulk.html",
        rows=campaigns_asked,
        filters=(Filter(name=FOLLOWING, label=_("I follow"), is_tab=True),),
        prepare=partial(count_people, user=user) if user else None,
        asks=ListFilter(object_type="campaign", found=campaigns_found),
        groupings=GROUPINGS,
        edits=EDITS,
        empty=Empty(icon="campaign", text=EMPTY),
    )
    return listing.with_step(reverse("campaigns:new"), _("New campaign")) if may_edit else listing


def _columns(base: str) -> tuple[Column, ...]:
    def cost(campaign: Campaign) -> str:
        return money(cost_of(campaign), base)

    def per_lead(campaign: Campaign) -> str:
        found = cost_per_lead(campaign)
        return money(found.quantize(Decimal(1)), base) if found is not None else "–"

    figure: dict[str, Any] = {"kind": "figure"}
    spent = {**figure, "adds": "spent", "adds_money": True}
    return (
        Column(name="name", label=_("Name"), sort="sort_key"),
        Column(name="state", label=_("State"), kind="badge", on_phone=True, value=state_badge),
        Column(name="channel", label=_("Channel"), value=_channel, edit="channel"),
        Column(
            name="period", label=_("Period"), sort="starts_on", value=_period, plain=_plain_period
        ),
        Column(name="member_count", label=_("People"), kind="number", on_phone=True),
        Column(name="lead_count", label=_("Leads"), term="campaign-leads", kind="number"),
        Column(name="cost", label=_("Cost"), term="cost", value=cost, plain=cost_of, **spent),
        Column(
            name="per_lead",
            label=_("Cost per lead"),
            term="cpl",
            value=per_lead,
            **figure | {"plain": cost_per_lead},
        ),
        Column(name="owner", label=_("Owner"), kind="owner", edit="owner"),
    )


MEMBERS = Listing(
    name="members",
    columns=(
        Column(name="person", label=_("Who")),
        Column(name="company", label=_("Company"), value=lambda one: one.person.company or ""),
        Column(
            name="status",
            label=_("Went as far as"),
            kind="badge",
            on_phone=True,
            value=lambda one: STATUS_BADGES[Status(one.status)],
        ),
        Column(name="owner", label=_("Owner"), kind="owner", value=lambda one: one.person.owner),
        Column(name="at", label=_("When"), kind="when", sort="at", on_phone=True),
    ),
    order="-at",
    url=lambda one: one.person.get_absolute_url(),
    empty=Empty(icon="people", text=_("Here stands whoever comes with the campaign's code.")),
)


@requires(VIEW_CAMPAIGNS)
@require_GET
def campaigns(request: HtmxRequest) -> HttpResponse:
    """All campaigns with what they brought and cost."""
    user = user_of(request)
    may_edit = user.may(EDIT_CAMPAIGNS)
    listing = campaigns_listing(organisation().base_currency, may_edit=may_edit, user=user)
    listing = replace(listing, as_opened=opened(Campaign, campaigns_opened, user, request.GET))
    context = {
        "list": list_page(request, listing, partial(campaigns_asked, user, request.GET)),
        "views": views_of(request, listing),
        "bulk": bulk_of(listing.name, user=user),
        "may_edit": may_edit,
    }
    return page_or_partial(request, "campaigns/campaigns.html", "list", context)


@requires(VIEW_CAMPAIGNS)
@require_GET
def costs(request: HtmxRequest) -> HttpResponse:
    """All costs, of campaigns and of none; or those that a report counted."""
    user, asked = user_of(request), cost_filter(request.GET)
    may_edit = user.may(EDIT_CAMPAIGNS)
    step = (reverse("campaigns:new-cost"), _("New cost"))
    listing = COSTS.with_step(*step) if may_edit else COSTS
    context = {
        "list": list_page(request, listing, costs_asked(user, request.GET)),
        "views": views_of(request, COSTS),
        "may_edit": may_edit,
        "only_loose": asked.is_loose,
        "narrowed": [
            (words, turned(request.GET, without=names)) for words, names in asked.narrowed()
        ],
        "base": organisation().base_currency,
    }
    return page_or_partial(request, "campaigns/costs.html", "list", context)


@requires(VIEW_CAMPAIGNS)
@require_GET
def members(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Who is in a campaign: all, who responded, or whose original source it is (``only``)."""
    user, campaign = user_of(request), campaign_or_404(request, key)
    rows = CampaignMember.objects.visible_to(user).filter(campaign=campaign)
    asked = request.GET.get("only", "")
    only = asked if asked in MEMBER_TABS else ""
    if only == "responded":
        rows = rows.filter(status=Status.RESPONDED)
    if only == "leads":
        rows = led_by(rows, campaign)
    days = days_back(request.GET)
    if days:
        rows = rows.filter(at__gte=timezone.now() - timedelta(days=days))
    rows = rows.select_related("person__company", "person__owner")
    tabs = [(name, label, name == only) for name, label in MEMBER_TABS.items()]
    page = list_page(request, MEMBERS, rows)
    context = {"list": page, "campaign": campaign, "tabs": tabs, "days": days}
    return page_or_partial(request, "campaigns/members.html", "list", context)


def _channel(campaign: Campaign) -> str:
    return channel_words(campaign.channel)


def _period(campaign: Campaign) -> str:
    return period_words(campaign.starts_on, campaign.ends_on)


def _plain_period(campaign: Campaign) -> str:
    return plain_days(campaign.starts_on, campaign.ends_on)
