"""A goal as a line and as a page: words, links, and why."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.ui.formats import grouped, percent
from baton.insight.goals.models import Goal
from baton.insight.goals.queries import FIGURES, Standing, names_of_goal, written
from baton.insight.goals.rules import State
from baton.insight.goals.words import HUES, PACES, STATES, about, between

FULL = 100


@dataclass(frozen=True, kw_only=True)
class Line:
    """One goal among others."""

    goal: Goal
    name: str | Promise
    whose: str
    value: str
    value_url: str
    target: str
    due: str
    state: str | Promise
    hue: str
    bar: int
    plan: int
    forecast: str
    chance: str
    is_likely: bool
    why_unknown: str
    remedy_url: str
    note: str = ""

    @property
    def url(self) -> str:
        return self.goal.get_absolute_url()


def line_of(found: Standing) -> Line:
    goal, figure, reading = found.goal, found.figure, found.reading
    is_unknown = reading.value is None
    return Line(
        goal=goal,
        name=figure.label,
        whose=names_of_goal(goal),
        value=written(figure, reading.value),
        value_url=records_url(goal) if reading.of else "",
        target=written(figure, goal.target),
        due=about(figure, found.pace.due) if figure.adds_up else "",
        state=state_words(found),
        hue="amber" if _is_likely(found) else HUES[found.state],
        bar=_share(reading.value, goal.target),
        plan=_share(found.pace.due, goal.target) if figure.adds_up else FULL,
        forecast=_forecast(found),
        chance=chance_words(found),
        is_likely=_is_likely(found),
        why_unknown=str(reading.unknown) if is_unknown else "",
        remedy_url=reverse(reading.remedy) if is_unknown and reading.remedy else "",
        note=_of_words(found),
    )


def records_url(goal: Goal, part: str = "") -> str:
    url = reverse("goals:records", args=[goal.key])
    return f"{url}?part={part}" if part else url


def _share(value: Decimal | None, target: Decimal) -> int:
    return min(FULL, round(value / target * FULL)) if value and target else 0


def _forecast(found: Standing) -> str:
    if found.forecast:
        return about(found.figure, found.forecast.value)
    return ""


def range_words(found: Standing) -> str:
    """Between what the forecast, or what has been measured, lies in eight of ten cases."""
    if found.forecast:
        return between(found.figure, found.forecast.low, found.forecast.high)
    spread = found.reading.spread
    return between(found.figure, spread.low, spread.high) if spread else ""


def state_words(found: Standing) -> str | Promise:
    """Of what adds up it is said against what is due by now: the end may still be well."""
    words = PACES if found.figure.adds_up else STATES
    return words.get(found.state, STATES[found.state])


def _is_likely(found: Standing) -> bool:
    """Below what is due by now, and yet rather reached than missed."""
    chance = found.forecast.chance if found.forecast else None
    return found.state in PACES and chance is not None and chance >= 0.5


def chance_words(found: Standing) -> str:
    if not found.forecast or found.forecast.chance is None or found.state is State.REACHED:
        return ""
    chance = found.forecast.chance
    if chance < 0.01:
        return _("under 1 %")
    return _("over 99 %") if chance > 0.99 else percent(chance)


def _of_words(found: Standing) -> str:
    """Of how many a share, a cost or a median is."""
    reading = found.reading
    if found.figure.adds_up or not reading.of or reading.value is None:
        return ""
    words = ngettext("from %(count)s case", "from %(count)s cases", reading.of)
    return words % {"count": grouped(reading.of)}


@dataclass(frozen=True, kw_only=True)
class Why:
    """One step of a reckoning."""

    words: str
    value: str
    url: str = ""


def pace_whys(found: Standing) -> list[Why]:
    """From the target to what is due by now."""
    pace, figure = found.pace, found.figure
    whys = [Why(words=_("Target"), value=written(figure, pace.target))]
    if figure.adds_up:
        days = _("%(done)s of %(all)s") % {"done": pace.days_done, "all": pace.days_all}
        whys += [
            Why(words=_("Working days that began, of all"), value=days),
            Why(words=_("Due by the end of today"), value=about(figure, pace.due)),
        ]
    whys.append(
        Why(
            words=_("There by now"),
            value=written(figure, found.reading.value),
            url=records_url(found.goal) if found.reading.of else "",
        )
    )
    if found.reading.left_out:
        left_out = _("Left out, of unknown amount")
        whys.append(Why(words=left_out, value=grouped(found.reading.left_out)))
    return whys


def forecast_whys(found: Standing) -> list[Why]:
    """What is added to what is there by now."""
    forecast, figure, basis = found.forecast, found.figure, found.basis
    if forecast is None:
        return []
    whys = [Why(words=_("There by now"), value=about(figure, forecast.done))]
    if basis.deals:
        words = ngettext(
            "%(n)s open deal that is to close by then, times its probability",
            "%(n)s open deals that are to close by then, each times its probability",
            basis.deals,
        ) % {"n": basis.deals}
        url = records_url(found.goal, "closing")
        whys.append(Why(words=words, value=about(figure, forecast.by_deals), url=url))
    if basis.rate and forecast.rate_days > 0:
        whys.append(Why(words=_rate_words(found), value=about(figure, forecast.by_rate)))
    return whys


def _rate_words(found: Standing) -> str:
    """12 working days at 3.4 a day, the mean of the latest 60, times 1.2 for the season."""
    forecast, basis = found.forecast, found.basis
    assert forecast  # noqa: S101 -- asked before
    assert basis.rate  # noqa: S101 -- the same
    said: dict[str, Any] = {
        "days": grouped(round(forecast.rate_days)),
        "each": written(found.figure, round(basis.rate.mean, 1)),
        "latest": basis.rate.days,
        "factor": grouped(basis.season.factor, decimals=2),
    }
    if basis.season.is_known:
        return (
            _(
                "%(days)s working days at %(each)s a day, the mean of the latest %(latest)s, times"
                " %(factor)s for the season: so much busier were these days a year ago"
            )
            % said
        )
    return (
        _(
            "%(days)s working days at %(each)s a day, the mean of the latest %(latest)s; no season,"
            " for that a year on record is needed"
        )
        % said
    )


def is_known(goal: Goal) -> bool:
    """Whether its figure is measured still."""
    return goal.figure in FIGURES
