"""A goal drawn: what came, what is due, and what will come; of a rate its own past."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.ui.charts import FULL, Chart, Series, trend
from baton.insight.goals.queries import Standing
from baton.insight.goals.queries.past import Came, came_by, past_of
from baton.insight.goals.words import about, span_words, written


def chart_of(found: Standing) -> Chart | None:
    """None where nothing is known to draw."""
    if found.figure.adds_up:
        return _adding(found)
    return _past(found)


def _adding(found: Standing) -> Chart | None:
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
    return trend(
        series=series,
        labels=[_day(one.on) for one in points],
        sentence=_("%(value)s so far, %(due)s due by now") % said,
        width=FULL,
        say=lambda value: about(figure, value),
    )


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


def _past(found: Standing) -> Chart | None:
    periods = past_of(found)
    if not any(reading.value is not None for _span, reading in periods):
        return None
    figure = found.figure
    values = [None if one.value is None else float(one.value) for _span, one in periods]
    return trend(
        series=[Series(name=figure.label, values=values)],
        labels=[span_words(span) for span, _reading in periods],
        sentence=_("%(figure)s, period by period") % {"figure": figure.label},
        goal=(float(found.goal.target), _("Target")),
        width=FULL,
        say=lambda value: written(figure, value),
    )
