"""Costs: added on a campaign's page or for no campaign, edited, taken away."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.marketing.campaigns import actions
from baton.marketing.campaigns.forms import CostForm, LooseCostForm, cost_form
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.permissions import (
    DELETE_CAMPAIGNS,
    EDIT_CAMPAIGNS,
    VIEW_CAMPAIGNS,
)
from baton.marketing.campaigns.views.loading import campaign_or_404, cost_or_404
from baton.marketing.campaigns.views.records import campaign_page


@requires(EDIT_CAMPAIGNS)
@require_POST
def add_to_campaign(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One more cost of this campaign."""
    campaign = campaign_or_404(request, key, EDIT_CAMPAIGNS)
    form = CostForm(request.POST)
    if form.is_valid() and _add(request, form, campaign=campaign):
        return go(request, f"{campaign.get_absolute_url()}#costs")
    return campaign_page(request, campaign, adding=form, status=422)


@requires(EDIT_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """A cost of any campaign, or of none."""
    initial = {"currency": organisation().base_currency}
    form = LooseCostForm(request.POST or None, initial=initial)
    if form.is_valid() and _add(request, form):
        return go(request, reverse("campaigns:costs"))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "may_edit": True}
    return render(request, "campaigns/cost.html", context, status=status)


@requires(VIEW_CAMPAIGNS)
@require_GET
def cost(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One cost."""
    found = cost_or_404(request, key)
    return _page(request, found, form=cost_form(found))


@requires(EDIT_CAMPAIGNS)
@require_POST
def save(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The cost as it was mended."""
    found = cost_or_404(request, key, EDIT_CAMPAIGNS)
    form = cost_form(found, request.POST)
    if form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            actions.edit_cost(
                cost=found, values=values, version=version, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, _back(found))
    return _page(request, found, form=form, status=422)


@requires(DELETE_CAMPAIGNS)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Away with it; the toast brings it back."""
    found = cost_or_404(request, key, DELETE_CAMPAIGNS)
    batch = actions.remove_cost(cost=found, by=user_of(request), at=timezone.now())
    say(request, _("The cost is gone."), undo_url=undo_of(batch))
    return go(request, _back(found))


def _page(
    request: HtmxRequest, found: Cost, *, form: LooseCostForm, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    context = {
        "form": form,
        "cost": found,
        "back": _back(found),
        "may_edit": user.may(EDIT_CAMPAIGNS),
        "may_delete": user.may(DELETE_CAMPAIGNS),
    }
    return render(request, "campaigns/cost.html", context, status=status)


def _add(request: HtmxRequest, form: CostForm, *, campaign: Campaign | None = None) -> bool:
    """Whether it was kept; if not, the form says why."""
    values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    values.setdefault("campaign", campaign)
    try:
        actions.add_cost(**values, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        form.add_error(None, str(no))
        return False
    say(request, _("The cost is added."))
    return True


def _back(found: Cost) -> str:
    """The page on which the cost stands."""
    campaign = found.campaign
    is_there = campaign and campaign.deleted_at is None
    return campaign.get_absolute_url() if campaign and is_there else reverse("campaigns:costs")
