"""A goal drawn: what came, what is due, and what will come; of a rate its own past."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.ui.charts import FULL, Chart, Series, trend
from baton.core.ui.drawing import Mark
from baton.core.ui.marking import marked
from baton.insight.goals.queries import Standing, written
from baton.insight.goals.queries.past import Came, came_by, past_of
from baton.insight.goals.rules import Span
from baton.insight.goals.slots import Happened, happened_in
from baton.insight.goals.words import about, span_words


def chart_of(found: Standing, *, user: User) -> Chart | None:
    """None where nothing is known to draw."""
    if found.figure.adds_up:
        return _adding(found, user)
    return _past(found, user)


def _adding(found: Standing, user: User) -> Chart | None:
    points = came_by(found)
    if not points:
        return None
    figure, forecast = found.figure, found.forecast
    series = [
        Series(name=_("So far"), values=[one.value for one in points]),
        Series(name=_("Due"), values=[one.due for one in points], css="plan"),
    ]
    if forecast:
        ahead = [_ahead(found, one) for one in points]
        series.append(Series(name=_("Forecast"), values=ahead, css="dash"))
    said = {"value": written(figure, found.reading.value), "due": about(figure, found.pace.due)}
    chart = trend(
        series=series,
        labels=[_day(one.on) for one in points],
        sentence=_("%(value)s so far, %(due)s due by now") % said,
        width=FULL,
        say=lambda value: about(figure, value),
    )
    days = [one.on for one in points]
    happened = happened_in(user, figure.name, Span(days[0], days[-1]))
    marks = [mark_of(one, at=_place(days, one.on)) for one in happened]
    return marked(chart, marks, of=len(points))


def mark_of(one: Happened, *, at: float) -> Mark:
    return Mark(at=at, words=f"{_day(one.on)}: {one.words}", href=one.url)


def _place(days: Sequence[date], on: date) -> float:
    """Among days in order, also between two of them."""
    latest = max((number for number, day in enumerate(days) if day <= on), default=0)
    if latest + 1 == len(days):
        return float(latest)
    gap = (days[latest + 1] - days[latest]).days
    return latest + max(0, (on - days[latest]).days) / gap


def _ahead(found: Standing, point: Came) -> float | None:
    """A straight line from today to the forecast."""
    assert found.forecast  # noqa: S101 -- asked before
    if point.value is not None and not point.is_latest:
        return None
    rest = found.pace.days_all - found.pace.days_done
    share = (point.days - found.pace.days_done) / rest if rest else 1.0
    return found.forecast.done + (found.forecast.value - found.forecast.done) * share


def _day(on: date) -> str:
    return date_format(on, "j M")


def _past(found: Standing, user: User) -> Chart | None:
    periods = past_of(found)
    if not any(reading.value is not None for _span, reading in periods):
        return None
    figure = found.figure
    values = [None if one.value is None else float(one.value) for _span, one in periods]
    spans = [span for span, _reading in periods]
    chart = trend(
        series=[Series(name=figure.label, values=values)],
        labels=[span_words(span) for span, _reading in periods],
        sentence=_("%(figure)s, period by period") % {"figure": figure.label},
        goal=(float(found.goal.target), _("Target")),
        width=FULL,
        say=lambda value: written(figure, value),
    )
    happened = happened_in(user, figure.name, Span(spans[0].first, spans[-1].last))
    marks = [mark_of(one, at=_period(spans, one.on)) for one in happened]
    return marked(chart, marks, of=len(spans))


def _period(spans: Sequence[Span], on: date) -> float:
    """A period's point stands for all its days: its middle."""
    held = next((number for number, span in enumerate(spans) if on <= span.last), len(spans) - 1)
    span = spans[held]
    share = (on - span.first).days / ((span.last - span.first).days + 1)
    return min(max(0.0, held - 0.5 + share), len(spans) - 1.0)
