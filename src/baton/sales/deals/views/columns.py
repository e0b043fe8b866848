"""What a list of deals can show, and how it is sorted, grouped and narrowed."""

from typing import Any, cast

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from baton.core.access.groups import by_owner
from baton.core.colleagues.interests import FOLLOWING
from baton.core.fields.listed import own_parts
from baton.core.ui.cells import CellEdits
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing
from baton.core.ui.marks import badge, day, said
from baton.core.ui.spans import by_spans
from baton.records.people.rules.grades import GRADES, grade_badge
from baton.sales.deals.models import Deal, DealQuerySet
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import (
    View,
    Whose,
    called,
    owner_ids,
    pipelines,
    seller_ids,
    stage_names,
)
from baton.sales.deals.rules import StageKind
from baton.sales.deals.views.loading import (
    ASKS,
    deals_asked,
    with_stages,
)
from baton.sales.deals.words import STATE_HUES


def _stage_badge(deal: Deal) -> dict[str, Any]:
    return {"name": deal.stage.name, "hue": STATE_HUES[deal.state]}


def _with(deal: Deal) -> str:
    return ", ".join(str(one) for one in (deal.company, deal.person) if one)


def _name(_value: Any, deal: Any) -> str:
    sign = badge(deal.sign, deal.sign_hue) if deal.sign else ""
    buyer = deal.company or deal.person
    second = f'<span class="second">{said(buyer)}</span>' if buyer else ""
    link = f'<a href="{deal.get_absolute_url()}">{said(deal.name)}</a>'
    return SafeString(f"<span>{link} {sign}{second}</span>")


def _step(_value: Any, deal: Deal) -> str:
    if not deal.next_step:
        return ""
    step, on = said(deal.next_step), deal.next_step_on
    due = f' <span class="meta">{day(on)}</span>' if on else ""
    return SafeString(f'<span class="cut" title="{step}">{step}</span>{due}')


def _plain_step(deal: Deal) -> str:
    on = deal.next_step_on
    return f"{deal.next_step} ({on.isoformat()})" if deal.next_step and on else deal.next_step


LISTING = Listing(
    name="deals",
    columns=(
        Column(
            name="name",
            label=gettext_lazy("Deal"),
            term="deal",
            sort="sort_key",
            draw=_name,
        ),
        Column(name="buyer", label=gettext_lazy("With"), value=_with),
        Column(
            name="stage",
            label=gettext_lazy("Stage"),
            term="deal-stage",
            kind="badge",
            value=_stage_badge,
            on_phone=True,
            edit="stage",
        ),
        Column(
            name="amount",
            label=gettext_lazy("Amount"),
            kind="money",
            sort="base_amount",
            adds="base_amount",
            adds_money=True,
            on_phone=True,
            edit="amount",
        ),
        Column(
            name="close_on",
            label=gettext_lazy("Closes"),
            kind="day",
            sort="close_on",
            edit="close_on",
        ),
        Column(
            name="next_step",
            label=gettext_lazy("Next step"),
            term="next-step",
            sort="next_step_on",
            draw=_step,
            plain=_plain_step,
            edit="next_step",
        ),
        Column(name="owner", label=gettext_lazy("Owner"), term="owner", kind="owner", edit="owner"),
        Column(name="stage_at", label=gettext_lazy("In stage since"), kind="when", sort="stage_at"),
        Column(
            name="score", label=gettext_lazy("Score"), kind="score", sort="score", is_spare=True
        ),
        Column(
            name="grade",
            label=gettext_lazy("Grade"),
            term="grade",
            kind="badge",
            sort="grade",
            value=lambda deal: grade_badge(deal.grade),
            plain=lambda deal: deal.grade,
            is_spare=True,
        ),
    ),
    order="close_on",
    empty=Empty(
        icon="deal",
        text=gettext_lazy("Deals appear here as soon as one is opened, from a lead or by hand."),
    ),
    search=lambda rows, text: called(cast(DealQuerySet, rows), text),
    prepare=with_stages,
    is_worded=True,
    second=_with,
    actions="editing/bulk.html",
    edits=CellEdits(
        url_name="deals:cell",
        among=lambda user: Deal.objects.living().visible_to(user, EDIT_DEALS),
        is_open=lambda deal, edit: edit != "stage" or deal.state == StageKind.OPEN,
    ),
    filters=(
        Filter(name="as", knows={"table", "board"}.__contains__, is_tab=True, narrows=False),
        Filter(name="view", knows=set(View).__contains__, is_tab=True),
        Filter(name=FOLLOWING, label=gettext_lazy("I follow"), is_tab=True),
        Filter(name="whose", knows=set(Whose).__contains__, is_tab=True),
        Filter(
            name="pipeline",
            label=gettext_lazy("Pipeline"),
            knows=lambda key: any(str(one.key) == key for one in pipelines()),
            is_tab=True,
            narrows=False,
        ),
    ),
    rows=deals_asked,
    more=own_parts("deal"),
    asks=ASKS,
    groupings=(
        Grouping(
            name="stage",
            label=gettext_lazy("Stage"),
            field="stage_id",
            named=stage_names,
            empty=gettext_lazy("No stage"),
        ),
        by_owner(choices=seller_ids, among=owner_ids, edit="owner"),
        Grouping(
            name="grade",
            label=gettext_lazy("Grade"),
            field="grade",
            named=lambda values: {grade: grade for grade in GRADES if grade in set(values)},
            empty=gettext_lazy("No grade"),
        ),
        *by_spans(Deal, "close_on", gettext_lazy("Closes")),
        *by_spans(Deal, "closed_at", gettext_lazy("Closed")),
        *by_spans(Deal, "opened_at", gettext_lazy("Opened")),
    ),
)
