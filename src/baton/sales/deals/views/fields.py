"""Fields of deals that are edited in place: cells of the list, and what this company added."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.editing.custom import custom_fields, edited_values
from baton.core.editing.fields import RecordField
from baton.core.editing.inplace import Edit
from baton.core.limits import hidden
from baton.core.ui.formats import day_words, money
from baton.core.ui.htmx import HtmxRequest
from baton.sales.deals import actions
from baton.sales.deals.forms import one_field
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import open_stages
from baton.sales.deals.rules import StageKind
from baton.sales.deals.views.columns import LISTING
from baton.sales.deals.views.listing import mark_signs
from baton.sales.deals.views.loading import deal_or_404, sight_of
from baton.sales.deals.words import FIELD_LABELS


def _stages(deal: Deal, user: User) -> forms.Field:
    found = [stage.pk for stage in open_stages(deal.stage.pipeline)]
    stages = Stage.objects.filter(pk__in=found).order_by("position", "pk")
    return forms.ModelChoiceField(stages, to_field_name="key", empty_label=None)


def _column(
    name: str,
    text_of: Callable[[Deal], str],
    *,
    shown_of: Callable[[Deal], str] | None = None,
) -> RecordField:
    return RecordField(
        name=name,
        label=FIELD_LABELS[name],
        control=lambda deal, user: one_field(name, deal=deal, user=user),
        text_of=text_of,
        shown_of=shown_of,
    )


def _amount(deal: Deal) -> str:
    return "" if deal.amount is None else f"{deal.amount:f}"


def _closes(deal: Deal) -> str:
    return day_words(deal.close_on, today=timezone.localdate()) if deal.close_on else ""


FIELDS: Mapping[str, RecordField] = {
    field.name: field
    for field in (
        _column("amount", _amount, shown_of=lambda deal: money(deal.amount, deal.currency)),
        _column(
            "close_on",
            lambda deal: deal.close_on.isoformat() if deal.close_on else "",
            shown_of=_closes,
        ),
        _column("next_step", lambda deal: deal.next_step),
        _column(
            "owner",
            lambda deal: str(deal.owner_id or ""),
            shown_of=lambda deal: str(deal.owner or ""),
        ),
        RecordField(
            name="stage",
            label=FIELD_LABELS["stage"],
            control=_stages,
            text_of=lambda deal: str(deal.stage.key),
            shown_of=lambda deal: deal.stage.name,
            is_open=lambda deal: deal.state == StageKind.OPEN,
        ),
    )
}


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def edit_cell(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """One field, where it stands in the list."""
    field = FIELDS.get(name) or custom_fields("deal").get(name)
    if field is None or name in hidden("deal"):
        raise Http404
    user, at = user_of(request), timezone.now()

    def load() -> Deal:
        deal = deal_or_404(request, key)
        mark_signs([deal], sight=sight_of(request))
        return deal

    def hand_on(deal: Deal, value: Any, batch: UUID) -> Deal:
        rest: dict[str, Any] = {"deal": deal, "by": user, "at": at, "batch": batch}
        if name == "stage":
            return actions.move_deal(stage=value, version=deal.version, **rest)
        return actions.edit_deal(
            values=edited_values(deal, name, value), version=deal.version, **rest
        )

    return Edit(
        request=request,
        user=user,
        field=field,
        load=load,
        hand_on=hand_on,
        address=reverse("deals:cell", args=[key, name]),
        list_url=f"{reverse('deals:deals')}?as=table",
        shown="editing/prop.html",
        listing=LISTING,
        undo_url=lambda batch: reverse("deals:undo", args=[batch]),
    ).answer()
