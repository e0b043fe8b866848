"""A trial in words and figures, as its page shows them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.addresses import address
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, money
from baton.qualification.scoring.models import ScoreTrial
from baton.qualification.scoring.queries.tried import Became, Group, Scores
from baton.qualification.scoring.rules.grading import DIGITS, LETTERS
from baton.qualification.scoring.rules.trials import (
    A_MONTH,
    Moved,
    RuleChange,
    Terms,
    Who,
    changes_between,
    least_for,
    passing,
)
from baton.qualification.scoring.templatetags.scoring_tags import signed

WHO_WORDS: Mapping[str, Promise] = {
    Who.GAINED: gettext_lazy("Only by the draft"),
    Who.LOST: gettext_lazy("No longer by the draft"),
    Who.BOTH: gettext_lazy("By both"),
    Who.USED: gettext_lazy("By the version in use"),
    Who.DRAFT: gettext_lazy("By the draft"),
}
SIDE_WORDS: Mapping[str, Promise] = {
    "used": gettext_lazy("Version in use"),
    "draft": gettext_lazy("Draft"),
}
FIELD_WORDS: Mapping[str, Promise] = {
    "kind": gettext_lazy("what it is for"),
    "points": gettext_lazy("points"),
    "condition": gettext_lazy("whom it is about"),
    "fact": gettext_lazy("what happened"),
    "match": gettext_lazy("only where"),
    "half_life_days": gettext_lazy("days until half is left"),
    "expires_days": gettext_lazy("days until it ends"),
    "cap": gettext_lazy("at most"),
}
BAND_WORDS: Mapping[str, Promise] = {
    "fit_bands": gettext_lazy("Least points of A, B and C"),
    "engagement_bands": gettext_lazy("Least points of 1, 2 and 3"),
}
STEP, STEPS = 5, 4  # thresholds beside the one that was tried


@dataclass(frozen=True)
class Figure:
    """``url`` opens the people behind it."""

    words: str
    url: str


@dataclass(frozen=True)
class GroupLine:
    label: Promise
    cells: Sequence[Figure]


@dataclass(frozen=True)
class GradeLine:
    """A letter: what the version in use gives, beside the draft's."""

    letter: str
    used: Sequence[Figure]
    draft: Sequence[Figure]


@dataclass(frozen=True)
class ThresholdLine:
    least: int
    is_tried: bool
    cells: Sequence[Figure]


def people_url(trial: ScoreTrial, **asked: object) -> str:
    return f"{address('scoring:trial-people', trial.key)}?{urlencode(asked)}"


def figure(count: int, trial: ScoreTrial, **asked: object) -> Figure:
    return Figure(grouped(count), people_url(trial, **asked) if count else "")


def group_lines(trial: ScoreTrial, groups: Sequence[Group]) -> list[GroupLine]:
    return [
        GroupLine(
            WHO_WORDS[group.who],
            [
                figure(group.count, trial, who=group.who),
                *(_became(trial, group, one) for one in group.became),
            ],
        )
        for group in groups
    ]


def _became(trial: ScoreTrial, group: Group, became: Became) -> Figure:
    found = figure(became.count, trial, who=group.who, became=became.outcome.name)
    if not (became.count and became.worth):
        return found
    worth = money(became.worth, organisation().base_currency, short=True)
    return Figure(f"{found.words} · {worth}", found.url)


def grade_lines(
    trial: ScoreTrial, used: Mapping[str, int], draft: Mapping[str, int]
) -> list[GradeLine]:
    return [
        GradeLine(
            letter,
            *(
                [
                    figure(counts[letter + digit], trial, side=side, grade=letter + digit)
                    for digit in DIGITS
                ]
                for side, counts in (("used", used), ("draft", draft))
            ),
        )
        for letter in LETTERS
    ]


def threshold_lines(trial: ScoreTrial, used: Scores | None, draft: Scores) -> list[ThresholdLine]:
    """How many a month would have passed other thresholds."""
    middle, sides = trial.threshold or 50, [("used", used), ("draft", draft)]
    return [
        ThresholdLine(
            least,
            least == trial.threshold,
            [
                Figure(
                    a_month(trial, count := passing(scores.peaks, scores.starts, least=least)),
                    people_url(trial, side=side, least=least) if count else "",
                )
                for side, scores in sides
                if scores
            ],
        )
        for least in range(middle - STEPS * STEP, middle + STEPS * STEP + 1, STEP)
        if least > 0
    ]


def days_of(trial: ScoreTrial) -> int:
    return max(1, round((trial.until - trial.since).total_seconds() / 86_400))


def a_month(trial: ScoreTrial, count: int) -> str:
    """So many in thirty days."""
    rate = count * A_MONTH / days_of(trial)
    return grouped(round(rate, 1), decimals=1) if 0 < rate < 10 else grouped(round(rate))


def usual_most(trial: ScoreTrial, used: Scores | None, draft: Scores) -> int:
    """As many a month as the threshold that was tried lets pass today."""
    scores, least = used or draft, trial.threshold or 50
    count = passing(scores.peaks, scores.starts, least=least)
    return max(1, round(count * A_MONTH / days_of(trial)))


def most_words(trial: ScoreTrial, most: int, used: Scores | None, draft: Scores) -> str:
    """From how many points on no more than so many a month would have passed."""
    allowed = most * days_of(trial) / A_MONTH
    by_draft = least_for(draft.peaks, draft.starts, most=allowed)
    if by_draft is None:
        return _("By the draft nobody has any points: no threshold lets anybody pass.")
    words = ngettext(
        "For at most %(most)s a month the draft asks %(n)d point",
        "For at most %(most)s a month the draft asks %(n)d points",
        by_draft,
    ) % {"most": grouped(most), "n": by_draft}
    by_used = least_for(used.peaks, used.starts, most=allowed) if used else None
    if by_used is None:
        return f"{words}."
    return _("%(draft)s, the version in use %(used)d.") % {"draft": words, "used": by_used}


def sentences(
    groups: Mapping[Who, Group], *, sooner: int, later: int, better: int, worse: int
) -> Iterator[str]:
    """What changes, in words."""
    gained, lost, both = (groups[who] for who in (Who.GAINED, Who.LOST, Who.BOTH))
    yield _(
        "The draft hands off %(draft)s instead of %(used)s: %(more)s more, %(fewer)s no longer."
    ) % {
        "draft": grouped(both.count + gained.count),
        "used": grouped(both.count + lost.count),
        "more": grouped(gained.count),
        "fewer": grouped(lost.count),
    }
    for group, words in (
        (gained, gettext_lazy("Of the %(n)s it adds: %(became)s.")),
        (lost, gettext_lazy("Of the %(n)s it leaves out: %(became)s.")),
    ):
        if group.count:
            yield str(words) % {"n": grouped(group.count), "became": _became_words(group)}
    if sooner or later:
        yield _("Of those whom both hand off %(sooner)s come sooner, %(later)s later.") % {
            "sooner": grouped(sooner),
            "later": grouped(later),
        }
    if better or worse:
        yield _("Today %(better)s have a better grade by the draft, %(worse)s a worse one.") % {
            "better": grouped(better),
            "worse": grouped(worse),
        }


def _became_words(group: Group) -> str:
    parts = []
    for one in group.became:
        label = str(one.outcome.label)
        said = f"{label[:1].lower()}{label[1:]} {grouped(one.count)}"
        if one.count and one.worth:
            said = f"{said} ({money(one.worth, organisation().base_currency, short=True)})"
        parts.append(said)
    return ", ".join(parts)


def change_words(used: Terms | None, draft: Terms) -> list[str]:
    """What the draft does otherwise: rule by rule, then the bands of its grades."""
    if used is None:
        return []
    said = [_rule_words(change) for change in changes_between(used, draft)]
    return said + [
        f"{label}: {_list(used[name])} → {_list(draft[name])}"
        for name, label in BAND_WORDS.items()
        if used[name] != draft[name]
    ]


def _rule_words(change: RuleChange) -> str:
    if change.moved is Moved.CHANGED:
        parts = [
            f"{FIELD_WORDS[name]} {_value(change.was[name])} → {_value(change.now[name])}"
            for name in change.now
        ]
        return f"“{change.name}”: {', '.join(parts)}"
    rule = change.now or change.was
    words = _("New: “%(name)s” %(points)s") if change.now else _("Gone: “%(name)s” %(points)s")
    return words % {"name": change.name, "points": signed(rule["points"])}


def _value(value: Any) -> str:
    if value is None or value == {}:
        return "–"
    if isinstance(value, dict):
        pairs = [
            f"{name} = {one}" for name, one in value.items() if not isinstance(one, list | dict)
        ]
        return ", ".join(pairs) or _("other conditions")
    return str(value)


def _list(bands: Sequence[int]) -> str:
    return ", ".join(map(str, bands))
