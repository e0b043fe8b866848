"""How improvements, their states and the chance of luck are called and written."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.ui.formats import percent
from baton.insight.goals.queries import Figure, Kind
from baton.insight.improvements.queries import Outcome
from baton.insight.improvements.rules import State, Way

STATES: dict[str, Promise] = {
    State.OPEN: gettext_lazy("Open"),
    State.BETTER: gettext_lazy("Better"),
    State.SAME: gettext_lazy("No difference seen"),
    State.WORSE: gettext_lazy("Worse"),
    State.FEW: gettext_lazy("Too few to tell"),
}
HUES = {
    State.OPEN: "blue",
    State.BETTER: "green",
    State.SAME: "gray",
    State.WORSE: "red",
    State.FEW: "amber",
}
WAYS: dict[str, Promise] = {Way.UP: gettext_lazy("up"), Way.DOWN: gettext_lazy("down")}
WEEKS: dict[int, Promise] = {
    28: gettext_lazy("Four weeks before and after"),
    56: gettext_lazy("Eight weeks before and after"),
    84: gettext_lazy("Twelve weeks before and after"),
}
LEAST = 0.001  # a smaller chance is told as less than this


def chance_words(outcome: Outcome) -> str:
    """Empty where nothing is judged."""
    chance = outcome.verdict.chance
    if chance is None:
        return ""
    said = {"chance": percent(max(chance, LEAST), decimals=1)}
    if chance < LEAST:
        return _("luck alone does so in less than %(chance)s of cases") % said
    return _("luck alone does so in %(chance)s of cases") % said


def luck_told_by(figure: Figure) -> str:
    """Which test says how much luck does, and of what."""
    if figure.kind is Kind.SHARE:
        return _("Fisher's exact test, both sides, of how many went on and how many did not")
    if figure.kind is Kind.MINUTES:
        return _("Rank test of Mann and Whitney, both sides, of the times of all leads")
    if figure.costs:
        return _(
            "Rank test of Mann and Whitney, both sides, of the working days: how many came on each"
            " for the money of these days"
        )
    return _("Rank test of Mann and Whitney, both sides, of what came on each working day")


def unit_words(figure: Figure) -> str:
    """What the value is of; empty where the figure says so itself."""
    return str(_("a working day")) if figure.adds_up else ""


def state_words(outcome: Outcome) -> str:
    """Open until when, or what was seen."""
    if outcome.verdict.state is not State.OPEN:
        return str(STATES[outcome.verdict.state])
    said = {"day": date_format(outcome.windows.judged_on, "j M Y")}
    return _("Open until %(day)s") % said
