"""The fields of a campaign that are edited in place, on its page and in the list."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.editing.fields import Prop, RecordField
from baton.core.editing.inplace import Edit
from baton.core.settings.queries import organisation
from baton.core.ui.formats import day_words
from baton.core.ui.htmx import HtmxRequest
from baton.marketing.campaigns import actions
from baton.marketing.campaigns.forms import CampaignForm
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.permissions import EDIT_CAMPAIGNS
from baton.marketing.campaigns.views.asked import period_words
from baton.marketing.campaigns.views.lists import campaigns_listing, state_badge
from baton.marketing.campaigns.views.loading import campaign_or_404
from baton.marketing.capture.queries import channel_words


def _field(
    name: str,
    *,
    text_of: Callable[[Campaign], str] | None = None,
    shown_of: Callable[[Campaign], str] | None = None,
    template: str = "editing/values/text.html",
) -> RecordField:
    def control(_campaign: Campaign, _user: object) -> forms.Field:
        field = CampaignForm().fields[name]
        field.widget.attrs.pop("rows", None)
        return field

    return RecordField(
        name=name,
        label=CampaignForm.base_fields[name].label,
        control=control,
        text_of=text_of or (lambda campaign: getattr(campaign, name)),
        shown_of=shown_of,
        template=template,
    )


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _said(on: date | None) -> str:
    return day_words(on, today=timezone.localdate()) if on else ""


FIELDS: Mapping[str, RecordField] = {
    field.name: field
    for field in (
        _field("name"),
        _field("channel", shown_of=lambda campaign: channel_words(campaign.channel)),
        _field("code"),
        _field(
            "starts_on",
            text_of=lambda campaign: _iso(campaign.starts_on),
            shown_of=lambda campaign: _said(campaign.starts_on),
        ),
        _field(
            "ends_on",
            text_of=lambda campaign: _iso(campaign.ends_on),
            shown_of=lambda campaign: _said(campaign.ends_on),
        ),
        _field(
            "owner",
            text_of=lambda campaign: str(campaign.owner.key) if campaign.owner else "",
            template="editing/values/owner.html",
        ),
        _field("goal", template="editing/values/prose.html"),
    )
}


def described(campaign: Any) -> Any:
    """With the words that its page says of it beside its fields."""
    campaign.state_badge = state_badge(campaign)
    campaign.channel_words = channel_words(campaign.channel)
    campaign.period_words = period_words(campaign.starts_on, campaign.ends_on)
    return campaign


def props_of(campaign: Campaign, *, may_edit: bool) -> list[Prop]:
    """The fields in their order, and where each is edited."""
    return [
        Prop(
            field=field,
            record=campaign,
            edit_url=reverse("campaigns:edit-field", args=[campaign.key, field.name])
            if may_edit
            else "",
        )
        for field in FIELDS.values()
    ]


@requires(EDIT_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def edit_field(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """One field of a campaign."""
    if name not in FIELDS:
        raise Http404
    user = user_of(request)
    return Edit(
        request=request,
        user=user,
        field=FIELDS[name],
        load=lambda: described(campaign_or_404(request, key, EDIT_CAMPAIGNS)),
        hand_on=lambda campaign, value, batch: actions.edit_campaign(
            campaign=campaign,
            values={name: value},
            version=campaign.version,
            by=user,
            at=timezone.now(),
            batch=batch,
        ),
        address=reverse("campaigns:edit-field", args=[key, name]),
        list_url=reverse("campaigns:list"),
        shown="campaigns/shown.html",
        listing=campaigns_listing(organisation().base_currency, may_edit=True),
    ).answer()
