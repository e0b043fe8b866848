"""The triangle of cohorts as a table with shaded cells, its figures and its chart."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from baton.core.ui import charts
from baton.core.ui.formats import grouped, percent
from baton.insight.analytics.queries import Cohorts
from baton.insight.analytics.rules import (
    SPANS,
    CohortRow,
    Within,
    largest,
    ratio,
    shade,
    whole_spans,
)
from baton.insight.analytics.views.addresses import Address
from baton.insight.analytics.views.kpis import Kpi
from baton.insight.analytics.words import COHORT_WORDS, cohort_words, span_words, step_label

SHOWN = 24  # cohorts; more come when asked for
DIGITS = 4  # of a share in a file
EARLY = 3  # months or weeks that figures and chart speak of
Link = Callable[..., str]


@dataclass(frozen=True)
class Shaded:
    """A cell; ``words`` "" where the time has not come yet."""

    words: str = ""
    url: str = ""
    css: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class TriangleLine:
    label: str
    leads: Shaded
    cells: list[Shaded]
    reached: Shaded
    open: Shaded


@dataclass(frozen=True, kw_only=True)
class Triangle:
    heads: list[int]
    lines: list[TriangleLine]
    total: TriangleLine
    hidden: int
    all_url: str


def shown(report: Cohorts, address: Address, *, on: date) -> dict[str, Any]:
    """Figures, chart and table."""

    def link(figure: str, **cell: Any) -> str:
        words = {name: str(value) for name, value in cell.items() if value is not None}
        return address.behind("cohort-people", figure=figure, **words)

    span = report.question.span
    whole = whole_spans(report.rows, span=span, on=on)
    return {
        "kpis": _kpis(report, whole, link, on=on),
        "trend": _trend(report, on=on),
        "triangle": _triangle(report, whole, link, address, on=on),
        "unit_words": span_words(2, span).partition(" ")[2],
    }


def head(report: Cohorts) -> list[str]:
    """The heads of the file."""
    spans = [span_words(spans, report.question.span) for spans in range(1, SPANS + 1)]
    shares = [_("%(time)s, share") % {"time": words} for words in spans]
    figures = [str(COHORT_WORDS[figure]) for figure in ("leads", "reached", "open")]
    return [_("Cohort"), *figures, *spans, *shares]


def lines(report: Cohorts, *, on: date) -> Iterator[list[Any]]:
    """The lines of the file: people and shares; what has not begun stays empty."""
    for row in report.rows:
        cells = row.cells(span=report.question.span, on=on)
        people = ["" if cell is None else cell.people for cell in cells]
        shares = ["" if cell is None else round(cell.share or 0, DIGITS) for cell in cells]
        yield [row.began_on.isoformat(), row.leads, row.reached, row.open, *people, *shares]


def _triangle(
    report: Cohorts, whole: Sequence[Within | None], link: Link, address: Address, *, on: date
) -> Triangle:
    span = report.question.span
    rows = report.rows if address.values.get("all") else report.rows[-SHOWN:]
    cells = [row.cells(span=span, on=on) for row in rows]
    most = largest(cells)
    return Triangle(
        heads=list(range(1, SPANS + 1)),
        lines=[
            _line(row, some, link, most=most, label=cohort_words(row.began_on, span))
            for row, some in zip(rows, cells, strict=True)
        ],
        total=TriangleLine(
            label=_("All cohorts"),
            leads=_counted(report.leads, link("leads")),
            cells=[_whole(report, cell, link, on=on) for cell in whole],
            reached=_shared(report.reached, report.leads, link("reached")),
            open=_shared(report.open, report.leads, link("open")),
        ),
        hidden=len(report.rows) - len(rows),
        all_url=address.to("cohorts", all="1"),
    )


def _line(
    row: CohortRow, cells: Sequence[Within | None], link: Link, *, most: float, label: str
) -> TriangleLine:
    def cell(within: Within | None) -> Shaded:
        if within is None:
            return Shaded()
        url = link("within", within=within.spans, began=row.began_on) if within.people else ""
        css = f"q{shade(within.share, most=most)}" + ("" if within.is_complete else " running")
        return Shaded(_figure(within.share), url, css, _said(within, row.leads))

    return TriangleLine(
        label=label,
        leads=_counted(row.leads, link("leads", began=row.began_on)),
        cells=[cell(one) for one in cells],
        reached=_shared(row.reached, row.leads, link("reached", began=row.began_on)),
        open=_shared(row.open, row.leads, link("open", began=row.began_on)),
    )


def _whole(report: Cohorts, cell: Within | None, link: Link, *, on: date) -> Shaded:
    """Over the cohorts that have had that long; its people are those of these cohorts."""
    if cell is None:
        return Shaded()
    span = report.question.span
    done = [row for row in report.rows if row.has_had(cell.spans, span=span, on=on)]
    url = link("within", within=cell.spans, latest=done[-1].began_on) if cell.people else ""
    return Shaded(_figure(cell.share), url, "", _said(cell, sum(row.leads for row in done)))


def _said(cell: Within, leads: int) -> str:
    words = _("%(people)s of %(leads)s") % {"people": grouped(cell.people), "leads": grouped(leads)}
    return words if cell.is_complete else _("%(words)s, not over yet") % {"words": words}


def _figure(share: float | None) -> str:
    """In a hundred; the heading says so."""
    return grouped(round((share or 0) * 100))


def _counted(count: int, url: str) -> Shaded:
    return Shaded(grouped(count), url if count else "")


def _shared(count: int, leads: int, url: str) -> Shaded:
    words = _("%(people)s of %(leads)s") % {"people": grouped(count), "leads": grouped(leads)}
    return Shaded(percent(ratio(count, leads)), url if count else "", "", words)


def _kpis(report: Cohorts, whole: Sequence[Within | None], link: Link, *, on: date) -> list[Kpi]:
    step, span, early = step_label(report.question.step), report.question.span, whole[EARLY - 1]
    cell = _whole(report, early, link, on=on)
    return [
        Kpi(label=_("Leads"), value=grouped(report.leads), url=link("leads")),
        Kpi(
            label=_("%(step)s within %(time)s") % {"step": step, "time": span_words(EARLY, span)},
            value=percent(early.share) if early else "\N{EN DASH}",
            note=cell.title or _("no cohort is that old"),
            url=cell.url,
        ),
        Kpi(
            label=_("%(step)s so far") % {"step": step},
            value=percent(ratio(report.reached, report.leads)),
            note=grouped(report.reached),
            url=link("reached") if report.reached else "",
        ),
        Kpi(
            label=_("Still open"),
            value=percent(ratio(report.open, report.leads)),
            note=grouped(report.open),
            url=link("open") if report.open else "",
        ),
    ]


def _trend(report: Cohorts, *, on: date) -> charts.Chart:
    """How many in a hundred reached the step in 1 and in 3 units, by cohort, once that is over."""
    span, rows = report.question.span, report.rows[-SHOWN:]

    def series(spans: int) -> list[float | None]:
        return [
            (ratio(row.within(spans), row.leads) or 0) * 100
            if row.has_had(spans, span=span, on=on)
            else None
            for row in rows
        ]

    later, first = series(EARLY), series(1)
    lines = [(later, span_words(EARLY, span), ""), (first, span_words(1, span), "old")]
    return charts.trend(
        series=[
            charts.Series(name=name, values=values, css=css)
            for values, name, css in lines
            if any(value is not None for value in values)
        ],
        labels=[cohort_words(row.began_on, span) for row in rows],
        sentence=_finding(report, later, rows),
        width=charts.FULL,
        say=lambda value: f"{grouped(value)} %",
    )


def _finding(report: Cohorts, later: list[float | None], rows: Sequence[CohortRow]) -> str:
    """Which cohort went furthest and which least far, in the time that all of them had."""
    span, step = report.question.span, step_label(report.question.step)
    time = span_words(EARLY, span)
    known = [(value, row) for value, row in zip(later, rows, strict=True) if value is not None]
    if not known:
        return _("No cohort is %(time)s old yet.") % {"time": time}
    best, worst = (pick(known, key=lambda pair: pair[0]) for pick in (max, min))
    if best[0] == worst[0]:
        return _("Within %(time)s %(share)s of the leads of %(cohort)s reached %(step)s.") % {
            "time": time,
            "share": percent(best[0] / 100),
            "cohort": cohort_words(best[1].began_on, span) if len(known) == 1 else _("each cohort"),
            "step": step,
        }
    words = _("Within %(time)s %(high)s of %(best)s reached %(step)s, and %(low)s of %(worst)s.")
    return words % {
        "time": time,
        "high": percent(best[0] / 100),
        "best": cohort_words(best[1].began_on, span),
        "step": step,
        "low": percent(worst[0] / 100),
        "worst": cohort_words(worst[1].began_on, span),
    }
