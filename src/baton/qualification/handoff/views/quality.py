"""Lead quality: what sales answered, where marketing plans; each figure opens its handoffs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.home.following import stands_at_once
from baton.core.offers import Label
from baton.core.settings.queries import organisation
from baton.core.ui.asked import day_of
from baton.core.ui.htmx import HtmxRequest
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.queries import campaign_names
from baton.marketing.capture.models import Form
from baton.marketing.capture.queries import channel_words
from baton.qualification.handoff.behind import listed
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries.attainment import months_before
from baton.qualification.handoff.queries.of_campaign import quality_of_campaign
from baton.qualification.handoff.queries.quality import (
    By,
    Column,
    Quality,
    Question,
    add_losses,
    add_unanswered,
    handed_between,
    handoffs_behind,
    lead_quality,
    unanswered,
    unanswered_count,
)
from baton.qualification.handoff.queries.replies import lost_words
from baton.qualification.handoff.queries.wasted import Waste, waste_of
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.words import LANES, reason_label

TITLES = {
    By.CAMPAIGN: _("Campaign"),
    By.CHANNEL: _("Channel"),
    By.PERSONA: _("Persona"),
    By.FORM: _("Form"),
    By.PAGE: _("Page"),
    By.LANE: _("Why an MQL"),
    By.SCORE: _("Score"),
    By.MONTH: _("Month"),
    By.WEEK: _("Week"),
}
BANDS = {"100": "100+", "75": "75–99", "50": "50–74", "25": "25–49", "0": "< 25"}
NONE = {By.CAMPAIGN: _("No campaign"), By.FORM: _("No form"), By.PAGE: _("No page")}
COLUMNS = {
    Column.HANDED: _("Handed over"),
    Column.ACCEPTED: _("Accepted"),
    Column.REJECTED: _("Rejected"),
    Column.DISQUALIFIED: _("Disqualified"),
    Column.UNREACHABLE: _("Unreachable"),
    Column.QUALIFIED: _("SQL"),
    Column.LOST: _("Deal lost"),
    Column.UNANSWERED: _("Nobody answered"),
}
PERIODS = {"1": _("This month"), "3": _("Three months"), "12": _("Twelve months")}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A figure, and where the handoffs that it counts are listed."""

    count: int
    url: str
    label: Label = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One group as it is read."""

    name: str
    cells: list[Cell]
    rejected_rate: float | None
    reasons: list[Cell]
    waste: Waste


@requires(VIEW_HANDOFFS)
@require_GET
@stands_at_once(_("Lead quality"))
@on_their_clock
def quality(request: HtmxRequest) -> HttpResponse:
    """Verdicts and reasons, by where the leads came from."""
    question, months = _question(request), months_of(request)
    found, now = lead_quality(question), timezone.now()
    add_unanswered(found, question, at=now)
    add_losses(found, question)
    names = _names({one.group for one in found}, by=question.by)
    asked, total = _kept(request), _total(found)
    totals = _row(total, by=question.by, names=names, asked=asked, is_total=True)
    wasted = f"{reverse('handoff:wasted')}?{urlencode({'months': months})}"
    context = {
        "by": question.by,
        "title_of_group": TITLES[question.by],
        "bys": [(str(one), title, one == question.by) for one, title in TITLES.items()],
        "periods": [(number, title, number == months) for number, title in PERIODS.items()],
        "months": months,
        **_of_campaign(question.campaign),
        "columns": COLUMNS.values(),
        "rows": [_row(one, by=question.by, names=names, asked=asked) for one in found],
        "waiting": unanswered_count(question, lost=total.count(Column.LOST)),
        "waste": waste_of(handed_between(question), user=question.user, at=now),
        "waste_url": totals.cells[-1].url if question.campaign else wasted,
        "base": organisation().base_currency,
        "waiting_url": f"{reverse('handoff:quality-behind')}?{urlencode({**asked, 'waiting': 1})}",
        "totals": totals,
    }
    return render(request, "handoff/quality.html", context)


def _of_campaign(code: str) -> dict[str, str]:
    """Of which campaign alone the page tells, and what its addresses say so by."""
    if not code:
        return {}
    name = campaign_names([code]).get(code, code)
    return {"campaign": name, "of_campaign": f"&{urlencode({'campaign': code})}"}


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def quality_behind(request: HtmxRequest) -> HttpResponse:
    """The handoffs that a figure of the lead quality counts."""
    question, asked = _question(request), request.GET
    if "waiting" in asked:
        return _waiting(request)
    if asked.get("column") not in set(Column):
        raise Http404
    column, group, reason = Column(asked["column"]), asked.get("group"), asked.get("reason", "")
    found = handoffs_behind(question, column=column, group=group, reason=reason, at=timezone.now())
    return _listed(request, found, title=_title(question, column, group=group, reason=reason))


def _waiting(request: HtmxRequest) -> HttpResponse:
    """Reasons that marketing has not answered."""
    title = str(_("Reasons without an answer"))
    return _listed(request, unanswered(_question(request)), title=title)


def _title(question: Question, column: Column, *, group: str | None, reason: str) -> str:
    names = _names({group or ""}, by=question.by)
    parts = [_said(column, reason) if reason else COLUMNS[column]]
    if group is not None:
        parts.append(_name(group, by=question.by, names=names))
    return ", ".join(str(part) for part in parts)


def _listed(request: HtmxRequest, found: QuerySet[Handoff], *, title: str) -> HttpResponse:
    context = {
        "title": title,
        "period": PERIODS[months_of(request)],
        **listed(found, user=user_of(request)),
        "back_url": f"{reverse('handoff:quality')}?{urlencode(_kept(request))}",
    }
    return render(request, "handoff/behind.html", context)


def _question(request: HtmxRequest) -> Question:
    wanted, today = request.GET.get("by", ""), timezone.localdate()
    return Question(
        by=By(wanted) if wanted in set(By) else By.CAMPAIGN,
        since=months_before(today, count=int(months_of(request)) - 1),
        until=today,
        user=user_of(request),
        campaign=request.GET.get("campaign", ""),
    )


def _kept(request: HtmxRequest) -> dict[str, str]:
    """What the page was asked, for the addresses that lead on from it."""
    question = _question(request)
    kept = {"by": str(question.by), "months": months_of(request)}
    return {**kept, "campaign": question.campaign} if question.campaign else kept


def campaign_quality(request: HttpRequest, campaign: Campaign) -> str:
    """What sales made of its leads in the last twelve months; nothing where it has none."""
    today = timezone.localdate()
    since = months_before(today, count=11)
    found = quality_of_campaign(campaign.code, user=user_of(request), since=since, until=today)
    if found is None:
        return ""
    asked = {"by": str(By.MONTH), "months": "12", "campaign": campaign.code}
    context = {
        "row": _row(found, by=By.MONTH, names={}, asked=asked, is_total=True),
        "url": f"{reverse('handoff:quality')}?{urlencode(asked)}",
    }
    return render_to_string("handoff/campaign_quality.html", context, request=request)


def months_of(request: HttpRequest) -> str:
    months = request.GET.get("months", "3")
    return months if months in PERIODS else "3"


def _row(
    found: Quality,
    *,
    by: By,
    names: Mapping[str, str],
    asked: Mapping[str, str],
    is_total: bool = False,
) -> Row:
    kept = dict(asked) if is_total else {**asked, "group": found.group}

    def url(**more: Any) -> str:
        return f"{reverse('handoff:quality-behind')}?{urlencode({**kept, **more})}"

    return Row(
        name="" if is_total else _name(found.group, by=by, names=names),
        cells=[
            Cell(count=found.count(column), url=url(column=column), label=label)
            for column, label in COLUMNS.items()
        ],
        rejected_rate=found.rejected_rate,
        reasons=[
            Cell(count=count, url=url(column=column, reason=code), label=_said(column, code))
            for column, code, count in found.top_reasons
        ],
        waste=found.waste,
    )


def _said(column: Column, reason: str) -> Label:
    return lost_words(reason) if column is Column.LOST else reason_label(reason)


def _names(groups: Collection[str], *, by: By) -> Mapping[str, str]:
    """What those are called whose codes the groups are."""
    if by is By.FORM:
        return dict(Form.objects.filter(code__in=groups).values_list("code", "name"))
    return campaign_names(groups) if by is By.CAMPAIGN else {}


def _name(group: str, *, by: By, names: Mapping[str, str]) -> str:
    if not group:
        return str(NONE.get(by, _("Unknown")))
    if by is By.CHANNEL:
        return str(channel_words(group))
    if by is By.SCORE:
        return BANDS.get(group, group)
    if by in {By.MONTH, By.WEEK}:
        return _period(group, by=by)
    return str(LANES.get(group, group)) if by is By.LANE else names.get(group, group)


def _period(group: str, *, by: By) -> str:
    """Of the first day of a month or a week."""
    day = day_of(group)
    if day is None:
        raise Http404
    if by is By.MONTH:
        return date_format(day, "F Y")
    return gettext("Week of %(day)s") % {"day": date_format(day, "j M Y")}


def _total(rows: list[Quality]) -> Quality:
    total = Quality(group="")
    for row in rows:
        total.handed += row.handed
        total.states.update(row.states)
        total.reasons.update(row.reasons)
        total.losses.update(row.losses)
        total.waste.groups.extend(row.waste.groups)
    return total
