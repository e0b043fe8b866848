"""One campaign: made, looked at, edited, put in the trash."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.colleagues.interests import interest_in
from baton.core.errors import RuleViolation
from baton.core.files.queries import shown_files
from baton.core.home.queries import happens_much
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.marketing.campaigns import actions
from baton.marketing.campaigns.forms import CampaignForm, CostForm, campaign_form
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.permissions import (
    DELETE_CAMPAIGNS,
    EDIT_CAMPAIGNS,
    VIEW_CAMPAIGNS,
)
from baton.marketing.campaigns.queries import (
    campaign_subject,
    cost_of,
    cost_per_lead,
    counted,
    latest_costs,
    latest_members,
)
from baton.marketing.campaigns.rules import Status
from baton.marketing.campaigns.slots import campaign_cards
from baton.marketing.campaigns.views.asked import period_words
from baton.marketing.campaigns.views.fields import described, props_of
from baton.marketing.campaigns.views.lists import state_badge
from baton.marketing.campaigns.views.loading import campaign_or_404
from baton.marketing.campaigns.wording import COST_KINDS, STATUS_BADGES
from baton.marketing.capture.queries import latest_published
from baton.marketing.capture.rules import link_query
from baton.records.timeline.permissions import VIEW_TIMELINE
from baton.records.timeline.queries import TimelineShown, timeline_shown

MOST_LINKS = 5


@requires(EDIT_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """A campaign that did not exist before."""
    user = user_of(request)
    form = CampaignForm(request.POST or None, initial={"owner": user.key})
    if form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            campaign = actions.create_campaign(**values, by=user, at=timezone.now())
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            return go(request, campaign.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return render(request, "campaigns/edit.html", {"form": form}, status=status)


@requires(EDIT_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """All that was typed when it was made."""
    campaign = campaign_or_404(request, key, EDIT_CAMPAIGNS)
    form = campaign_form(campaign, request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        values["code"] = values["code"] or campaign.code
        try:
            actions.edit_campaign(
                campaign=campaign,
                values=values,
                version=version,
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, campaign.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "campaign": campaign}
    return render(request, "campaigns/edit.html", context, status=status)


@requires(DELETE_CAMPAIGNS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with a way back."""
    campaign = campaign_or_404(request, key, DELETE_CAMPAIGNS)
    batch = actions.trash_campaign(campaign=campaign, by=user_of(request), at=timezone.now())
    words = _("“%(campaign)s” is deleted.") % {"campaign": campaign}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("campaigns:list"))


@requires(VIEW_CAMPAIGNS)
@require_GET
def campaign(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Figures, costs, members, and what happened."""
    return campaign_page(request, campaign_or_404(request, key))


@requires(VIEW_CAMPAIGNS)
@require_GET
def cards(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What the page of a large house came without."""
    campaign = campaign_or_404(request, key)
    if not request.htmx:
        return redirect(f"{campaign.get_absolute_url()}?whole=1")
    found = _cards_of(request, campaign)
    return render(request, "campaigns/cards.html", {"cards": found})


def campaign_page(
    request: HtmxRequest, campaign: Campaign, *, status: int = 200, **over: Any
) -> HttpResponse:
    """The page of one campaign; ``over`` puts a form with errors in the place of a fresh one."""
    user, base = user_of(request), organisation().base_currency
    counts = counted(campaign, user=user)
    may_edit = user.may(EDIT_CAMPAIGNS)
    props = props_of(described(campaign), may_edit=may_edit)
    context = {
        "campaign": campaign,
        "state": state_badge(campaign),
        "props": [prop for prop in props if prop.text],
        "empty_props": [prop for prop in props if not prop.text],
        "counts": counts,
        "cost": cost_of(counts),
        "cost_per_lead": cost_per_lead(counts),
        "base": base,
        "costs": [_cost_row(cost) for cost in latest_costs(campaign, user=user)],
        "members": [
            (one, STATUS_BADGES[Status(one.status)]) for one in latest_members(campaign, user=user)
        ],
        "timeline": _timeline(request, campaign),
        "files": shown_files("campaign", campaign),
        "interest": interest_in(user, "campaign", campaign),
        "links": _links(request, campaign),
        "adding": CostForm(initial={"currency": base}),
        **_cards(request, campaign),
        "may_edit": may_edit,
        "may_delete": user.may(DELETE_CAMPAIGNS),
    }
    return render(request, "campaigns/campaign.html", {**context, **over}, status=status)


def _links(request: HtmxRequest, campaign: Campaign) -> list[tuple[str, str]]:
    """Titles of pages, and the address that counts who comes by it for this campaign."""
    query = link_query(campaign=campaign.code, channel=campaign.channel)
    pages = latest_published(user_of(request), most=MOST_LINKS)
    return [
        (page.title, f"{request.build_absolute_uri(page.public_path())}?{query}") for page in pages
    ]


def _cards(request: HtmxRequest, campaign: Campaign) -> dict[str, Any]:
    """Where much happens they follow the page by themselves: they count a year."""
    if "whole" in request.GET or not happens_much():
        return {"cards": _cards_of(request, campaign)}
    return {"cards_url": reverse("campaigns:cards", args=[campaign.key])}


def _cards_of(request: HtmxRequest, campaign: Campaign) -> list[str]:
    """What higher modules know of it, for those who may see it."""
    user = user_of(request)
    cards = sorted(campaign_cards, key=lambda card: card.order)
    shown = (card.render(request, campaign) for card in cards if user.may(card.permission))
    return [html for html in shown if html]


def _timeline(request: HtmxRequest, campaign: Campaign) -> TimelineShown | None:
    user = user_of(request)
    if not user.may(VIEW_TIMELINE):
        return None
    return timeline_shown(
        campaign_subject(campaign, user=user),
        user=user,
        at=timezone.now(),
        side=request.GET.get("side", ""),
        before=request.GET.get("before", ""),
    )


def _cost_row(cost: Cost) -> dict[str, Any]:
    return {
        "cost": cost,
        "kind": COST_KINDS.get(cost.kind, cost.kind),
        "period": period_words(cost.from_on, cost.to_on),
    }
