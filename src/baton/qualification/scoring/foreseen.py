"""What was learned, as it is read: figures, two charts, leaks, and reasons in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.fields.models import FieldDefinition
from baton.core.fields.rules.kinds import OWN
from baton.core.ui import charts
from baton.core.ui.formats import grouped, percent
from baton.qualification.scoring.models import Foresight, Foretold
from baton.qualification.scoring.rules.foresight.drifting import DRIFTED, SETTLED
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee
from baton.qualification.scoring.rules.foretelling import Proposal
from baton.qualification.scoring.words import GOAL_WORDS
from baton.records.people.queries import origin_words

Words = str | Promise
COLUMNS: Mapping[str, Words] = {
    "score": gettext_lazy("Score"),
    "fit": gettext_lazy("Fit"),
    "engagement": gettext_lazy("Engagement"),
    "visits": gettext_lazy("Visits"),
    "pages": gettext_lazy("Pages seen"),
    "forms": gettext_lazy("Forms sent"),
    "activities": gettext_lazy("Calls, meetings and mails"),
    "form": gettext_lazy("Latest form"),
    "persona": gettext_lazy("Persona"),
    "channel": gettext_lazy("First source"),
    "channels": gettext_lazy("Different sources"),
    "known_days": gettext_lazy("Days since first heard of"),
    "visit_days": gettext_lazy("Days since the latest visit"),
    "industry": gettext_lazy("Industry"),
    "seniority": gettext_lazy("Seniority"),
    "buying_role": gettext_lazy("Part in buying"),
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language"),
    "origin": gettext_lazy("How it began"),
    "employee_count": gettext_lazy("Employees"),
}
PROPOSALS: Mapping[str, Words] = {
    Proposal.DRIFTED: gettext_lazy(
        "Who is handed over now differs from those that this was learned from. Learn anew, and "
        "compare the figures before you use it."
    ),
    Proposal.GROWN: gettext_lazy(
        "Many more outcomes are known by now than this was learned from. Learn anew, and compare "
        "the figures before you use it."
    ),
}


def column_words(name: str, own: Mapping[str, str]) -> str:
    if name.startswith(OWN):
        return own.get(name.removeprefix(OWN), name.removeprefix(OWN))
    return str(COLUMNS.get(name, name))


def own_labels() -> dict[str, str]:
    rows = FieldDefinition.objects.filter(object_type="person")
    return dict(rows.values_list("code", "label"))


def goal_words(foresight: Foresight) -> str:
    said = {"goal": GOAL_WORDS.get(foresight.goal, foresight.goal), "days": foresight.days}
    return _("%(goal)s within %(days)d days of the handoff") % said


def leak_words(leak: Mapping[str, Any]) -> str:
    said = {"auc": leak["auc"], "alone": leak["auc"], "others": leak["others"]}
    return _(leak["reason"]) % said


def carried_words(carried: Mapping[str, Any] | None, own: Mapping[str, str]) -> str:
    """Of a field on which nearly all rests; "" where there is none."""
    if not carried:
        return ""
    sentence = _(
        "Nearly all rests on “%(column)s” (AUC %(auc)s alone, %(others)s without it). If it is "
        "filled only afterwards, the figure is too good."
    )
    figures = {name: f"{carried[name]:.2f}" for name in ("auc", "others")}
    return sentence % {"column": column_words(carried["column"], own), **figures}


def refusal_words(foresight: Foresight) -> str:
    said = foresight.refusal
    return str(CannotForesee(said["sentence"], **said["values"])) if said else ""


@dataclass(frozen=True)
class Line:
    """A reason: what it is about, what it is, and whether that is for or against."""

    words: str
    is_for: bool


def reason_lines(reasons: Sequence[Mapping[str, Any]], own: Mapping[str, str]) -> list[Line]:
    return [
        Line(
            _("%(what)s: %(value)s")
            % {"what": column_words(one["column"], own), "value": _value(one)},
            one["effect"] > 0,
        )
        for one in reasons
    ]


def lines_of(told: Foretold) -> list[Line]:
    """The reasons on a person's page; own fields cost a question only where one is named."""
    has_own = any(one["column"].startswith(OWN) for one in told.reasons)
    return reason_lines(told.reasons, own_labels() if has_own else {})


def _value(reason: Mapping[str, Any]) -> str:
    if not reason["is_known"]:
        return _("not known")
    low, high = reason["low"], reason["high"]
    if low is None and high is None:
        return _level(reason["column"], reason["level"])
    if low is None:
        return _("under %(high)s") % {"high": _figure(high)}
    if high is None:
        return _("%(low)s or more") % {"low": _figure(low)}
    return _("%(low)s to under %(high)s") % {"low": _figure(low), "high": _figure(high)}


def _level(column: str, level: str) -> str:
    if not level:
        return _("something rare")
    if column == "origin":
        return origin_words(level)
    return level.replace("_", " ").capitalize()


def _figure(value: float) -> str:
    return grouped(round(value)) if abs(value) >= 10 or value == round(value) else f"{value:.1f}"


def calibration_chart(parts: Sequence[Mapping[str, Any]]) -> charts.Chart:
    """Said against what came: two lines, the nearer the better."""
    off = max((abs(part["expected"] - part["observed"]) for part in parts), default=0)
    return charts.trend(
        series=[
            charts.Series(name=_("came true"), values=[100 * part["observed"] for part in parts]),
            charts.Series(
                name=_("foreseen"), values=[100 * part["expected"] for part in parts], css="dash"
            ),
        ],
        labels=[percent(part["expected"]) for part in parts],
        sentence=_("Chances and truth lie at most %(off)s apart.") % {"off": percent(off)},
        say=lambda value: percent(value / 100),
    )


def lift_chart(parts: Sequence[Mapping[str, Any]], *, base: float, lift: float) -> charts.BarChart:
    """How often each tenth reached the goal, best foreseen first."""
    items = [
        charts.Bar(
            name=_("Tenth %(n)d") % {"n": at},
            value=part["observed"],
            words=_("%(share)s, %(lift)s×")
            % {
                "share": percent(part["observed"]),
                "lift": f"{part['observed'] / base:.1f}" if base else "–",
            },
            hue="teal" if part["observed"] >= base else "gray",
        )
        for at, part in enumerate(parts, 1)
    ]
    sentence = _("The tenth with the best chances reached it %(lift)s times as often as all.")
    return charts.bars(items, sentence=sentence % {"lift": f"{lift:.1f}"}, head=_("Tenth"))


@dataclass(frozen=True)
class Month:
    month: str
    count: int
    chance: str
    words: str
    hue: str


def months_of(foresight: Foresight) -> list[Month]:
    return [
        Month(
            month=row["month"],
            count=row["n"],
            chance="–" if row["chance"] is None else percent(row["chance"]),
            words=_drift_words(row["index"]),
            hue=_drift_hue(row["index"]),
        )
        for row in foresight.drift.get("months", [])
    ]


def _drift_words(index: float | None) -> str:
    if index is None:
        return _("too few to say")
    if index >= DRIFTED:
        return _("drifted (%(index).2f)") % {"index": index}
    if index >= SETTLED:
        return _("moves (%(index).2f)") % {"index": index}
    return _("as learned (%(index).2f)") % {"index": index}


def _drift_hue(index: float | None) -> str:
    if index is None or index < SETTLED:
        return "gray" if index is None else "green"
    return "red" if index >= DRIFTED else "amber"
