"""An improvement as a line and as a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.ui.charts import FULL, Chart, Series, trend
from baton.core.ui.drawing import Mark
from baton.core.ui.formats import grouped
from baton.core.ui.marking import marked
from baton.insight.analytics.queries import period_words
from baton.insight.analytics.rules import Period
from baton.insight.goals.queries import Kind, written
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.queries import Outcome, Side, weeks_of
from baton.insight.improvements.words import (
    HUES,
    WAYS,
    chance_words,
    luck_told_by,
    state_words,
    unit_words,
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One side: its value, of how many, and the way to them."""

    value: str
    note: str
    url: str
    days: str


@dataclass(frozen=True, kw_only=True)
class Line:
    improvement: Improvement
    figure: str | Promise
    way: str | Promise
    before: Shown
    after: Shown | None
    state: str
    hue: str
    chance: str
    method: str

    @property
    def url(self) -> str:
        return self.improvement.get_absolute_url()


def line_of(outcome: Outcome) -> Line:
    one = outcome.improvement
    return Line(
        improvement=one,
        figure=outcome.figure.label,
        way=WAYS[one.way],
        before=_shown(outcome, outcome.before),
        after=_shown(outcome, outcome.after) if outcome.after else None,
        state=state_words(outcome),
        hue=HUES[outcome.verdict.state],
        chance=chance_words(outcome),
        method=luck_told_by(outcome.figure),
    )


def _shown(outcome: Outcome, side: Side) -> Shown:
    figure = outcome.figure
    if figure.kind is Kind.SHARE:
        said = {"hits": grouped(side.hits or 0), "of": grouped(side.of)}
        note = _("%(hits)s of %(of)s") % said
    elif unit := unit_words(figure):
        note = _("%(unit)s, %(count)s in all") % {"unit": unit, "count": grouped(side.of)}
    else:
        note = _("of %(count)s") % {"count": grouped(side.of)}
    return Shown(
        value=written(figure, side.value),
        note=note,
        url=_records(outcome, side) if side.of else "",
        days=period_words(Period(side.span.first, side.span.last)),
    )


def _records(outcome: Outcome, side: Side) -> str:
    asked = {"figure": outcome.figure.name, "from": side.span.first, "until": side.span.last}
    return f"{reverse('goals:counted')}?{urlencode(asked)}"


def chart_of(outcome: Outcome, others: Iterable[Improvement]) -> Chart | None:
    """Week by week, with the day of the change, and what else was changed for the same figure."""
    weeks = weeks_of(outcome)
    if not any(week.value is not None for week in weeks):
        return None
    figure, first = outcome.figure, weeks[0].span.first
    chart = trend(
        series=[
            Series(
                name=figure.label,
                values=[None if week.value is None else float(week.value) for week in weeks],
            )
        ],
        labels=[date_format(week.span.first, "j M") for week in weeks],
        sentence=_sentence(outcome),
        width=FULL,
        say=lambda value: written(figure, value),
    )
    changed = [outcome.improvement, *others]
    # A point stands for its week: its middle.
    places = [((one.starts_on - first).days / 7 - 0.5, one) for one in changed]
    marks = [_mark(at, one) for at, one in places if 0 <= at <= len(weeks) - 1]
    return marked(chart, marks, of=len(weeks))


def _mark(at: float, one: Improvement) -> Mark:
    words = f"{date_format(one.starts_on, 'j M')}: {one.title}"
    return Mark(at=at, words=words, href=one.get_absolute_url())


def _sentence(outcome: Outcome) -> str:
    said: dict[str, Any] = {
        "figure": outcome.figure.label,
        "before": written(outcome.figure, outcome.before.value),
        "after": written(outcome.figure, outcome.after.value) if outcome.after else "",
    }
    if outcome.after is None:
        return _("%(figure)s, week by week: %(before)s so far") % said
    return _("%(figure)s, week by week: %(before)s before, %(after)s since") % said
