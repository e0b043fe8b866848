"""The list of costs: what ads, people, tools and agencies cost."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.settings.queries import organisation
from baton.core.ui.asked import day_of
from baton.core.ui.formats import money
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing
from baton.core.ui.spans import by_spans
from baton.marketing.campaigns.models import Cost
from baton.marketing.campaigns.views.asked import cost_filter, period_words
from baton.marketing.campaigns.wording import COST_KINDS


def plain_days(first: date | None, last: date | None) -> str:
    """ISO 8601; an open end is two dots."""
    if first is None and last is None:
        return ""
    return "/".join(day.isoformat() if day else ".." for day in (first, last))


def _days(cost: Cost) -> str:
    return period_words(cost.from_on, cost.to_on)


def costs_asked(user: User, asked: Mapping[str, Any]) -> QuerySet[Cost]:
    """Of campaigns and of none; or those that a report counted."""
    return cost_filter(asked).costs(user).select_related("campaign")


def _tell_base(costs: list[Any]) -> None:
    base = organisation().base_currency
    for cost in costs:
        cost.base_words = money(cost.base_amount, base)


COSTS = Listing(
    name="costs",
    columns=(
        Column(name="kind", label=_("Kind"), value=lambda one: COST_KINDS.get(one.kind, one.kind)),
        Column(name="campaign", label=_("Campaign"), value=lambda one: one.campaign or "–"),
        Column(
            name="period",
            label=_("Period"),
            sort="from_on",
            value=lambda one: _days(one),
            plain=lambda one: plain_days(one.from_on, one.to_on),
        ),
        Column(name="amount", label=_("Amount"), kind="money", on_phone=True),
        Column(
            name="base",
            label=_("In our currency"),
            kind="figure",
            value=lambda one: one.base_words,
            plain=lambda one: one.base_amount,
            adds="base_amount",
            adds_money=True,
        ),
        Column(name="note", label=_("Note")),
    ),
    order="-period",
    prepare=_tell_base,
    search=lambda rows, text: rows.filter(note__icontains=text),
    second=lambda one: str(one.campaign or one.note),
    empty=Empty(
        icon="money",
        text=_("What ads, people, tools and agencies cost. Without it a cost per lead is unknown."),
    ),
    filters=(
        Filter(name="of", label=_("Without a campaign"), knows="none".__eq__),
        Filter(name="code", label=_("Campaign")),
        Filter(name="channel", label=_("Channel")),
        Filter(name="from", label=_("From"), knows=lambda text: day_of(text) is not None),
        Filter(name="to", label=_("To"), knows=lambda text: day_of(text) is not None),
    ),
    rows=lambda user, asked: costs_asked(user, asked),
    groupings=(
        Grouping(
            name="kind",
            label=_("Kind"),
            field="kind",
            named=lambda values: {one: COST_KINDS.get(one, one) for one in values},
            empty=_("No kind"),
        ),
        *by_spans(Cost, "from_on", _("Period")),
    ),
)
