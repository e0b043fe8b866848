"""A quarter's plan on paper: what both sign, and how it stands."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import date as day_format
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.addresses import absolute
from baton.core.paper import Line, Paper, Part, Table, kept_as, pdf_of
from baton.core.settings.queries import one_organisation
from baton.core.ui.htmx import HtmxRequest
from baton.insight.analytics.queries import today
from baton.insight.goals.rules import Span
from baton.insight.plans.models import Plan
from baton.insight.plans.permissions import VIEW_PLANS
from baton.insight.plans.queries import quarter_of
from baton.insight.plans.views.pages import SIGNERS
from baton.insight.plans.views.shown import shown, span_words

DAY = "j M Y"


@requires(VIEW_PLANS)
@require_GET
def paper(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One edition, as a PDF."""
    user = user_of(request)
    found = get_object_or_404(Plan.objects.visible_to(user).select_related(*SIGNERS), key=key)
    quarter = quarter_of(found.starts_on)
    with one_organisation():
        parts = shown(found, quarter=quarter, user=user, today=today())
    content = pdf_of(paper_of(found, parts, quarter=quarter), at=timezone.now())
    return kept_as(f"plan-{found.starts_on}-v{found.edition}.pdf", content)


def paper_of(plan: Plan, shown_parts: Mapping[str, Any], *, quarter: Span) -> Paper:
    """``shown_parts``: as the page shows them."""
    state = _("in force") if plan.valid_from else _("draft")
    about = _("%(quarter)s, edition %(number)s, %(state)s") % {
        "quarter": span_words(quarter),
        "number": plan.edition,
        "state": state,
    }
    return Paper(
        title=_("Quarterly plan"),
        about=about,
        url=absolute(plan.get_absolute_url()),
        parts=[part for part in _parts(plan, shown_parts) if part.lines or part.table or part.note],
    )


def _parts(plan: Plan, shown_parts: Mapping[str, Any]) -> Iterator[Part]:
    yield _targets(shown_parts["targets"])
    if shown_parts["budget"] is not None:
        yield _budget(shown_parts["budget"])
    yield Part(
        title=_("Launches"),
        lines=[
            Line(
                words=line.launch.what,
                value=day_format(line.launch.on, DAY),
                note=line.owner.name if line.owner else _("Nobody answers for it"),
            )
            for line in shown_parts["launches"]
        ],
    )
    yield _assumed(shown_parts["checks"])
    yield Part(
        title=_("Capacity"),
        lines=[
            Line(words=words, value=cell.words) for words, cell in shown_parts["capacity_lines"]
        ],
    )
    yield Part(title=_("Note"), lines=_noted(shown_parts["terms"].note))
    yield Part(title=_("Signatures"), lines=list(_signatures(plan)))


def _noted(note: str) -> list[Line]:
    return [Line(words=note)] if note else []


def _targets(targets: Mapping[str, Any]) -> Part:
    title = _("Targets")
    if not targets["rows"]:
        return Part(title=title, note=_("The company has no goal in this quarter."))
    rows = [
        [
            f"{row['label']}\n{row['goal']}" if row["goal"] else str(row["label"]),
            row["target"],
            row["now"].words,
            *(cell.words for cell in row["before"]),
        ]
        for row in targets["rows"]
    ]
    head = [_("Figure"), _("Target"), _("So far"), *targets["head"]]
    return Part(title=title, table=Table(head=head, rows=rows))


def _budget(budget: Mapping[str, Any]) -> Part:
    title = _("Budget")
    if not budget["rows"]:
        return Part(title=title, note=_("No budget is planned."))
    rows = [[row["name"], row["amount"], row["spent"]] for row in budget["rows"]]
    head = [_("For"), _("Planned"), _("Spent so far")]
    return Part(
        title=title,
        table=Table(head=head, rows=[*rows, [_("All"), budget["total"], ""]]),
        note=_("Each cost is spread over its days; what a channel spent includes its campaigns."),
    )


def _assumed(checks: list[dict[str, Any]]) -> Part:
    off = _("off")
    rows = [
        [
            str(check["label"]),
            f"{check['value'] or '–'}, {off}" if check["is_off"] else check["value"] or "–",
            check["now"],
            check["usual"],
        ]
        for check in checks
    ]
    head = [_("What it assumes"), _("Planned"), _("This quarter"), _("Year before")]
    return Part(title=_("What it assumes"), table=Table(head=head, rows=rows))


def _signatures(plan: Plan) -> Iterator[Line]:
    """With a line to write on, where one is missing."""
    for label, by, at in (
        (_("Marketing"), plan.signed_for_marketing_by, plan.signed_for_marketing_at),
        (_("Sales"), plan.signed_for_sales_by, plan.signed_for_sales_at),
    ):
        signed = f"{by.name}, {day_format(timezone.localtime(at), DAY)}" if by and at else ""
        yield Line(words=label, value=signed or "_" * 30)
