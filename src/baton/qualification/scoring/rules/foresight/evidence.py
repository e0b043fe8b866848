"""What makes a column a leak: general evidence that it was filled by who knew the outcome.

No rule here is about one file. Four kinds of evidence, each alone enough: the column nearly is the
outcome; whether it is filled tells it; its values are nearly certain both ways; it lies later than
the moment of judging. What a name says of *when* a field is written ("last", "closed", "won")
counts only together with figures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from baton.core.errors import gettext_noop
from baton.core.intervals import wilson
from baton.qualification.scoring.rules.foresight.bins import MISSING, groups_of, learn_bins
from baton.qualification.scoring.rules.foresight.columns import Column, Kind
from baton.qualification.scoring.rules.foresight.figures import area_under_curve

FOLDS = 5
FINE = 20  # groups of a number
NEARLY_IS = 0.96  # the area of one column alone from which on it is the outcome in other words
TELLS = 0.6  # what a name says counts from here
Z = 1.96
FEWEST = 10

IS_OUTCOME = gettext_noop("tells the outcome by itself (AUC %(auc).2f alone)")
FILLED_WON = gettext_noop("filled almost only where the outcome is positive")
FILLED_LOST = gettext_noop("filled almost only where the outcome is negative")
CERTAIN = gettext_noop(
    "has values after which the outcome is all but sure, both ways: set by who knew it"
)
LATER = gettext_noop("lies after the moment of judging in most rows")
SAYS_LATER = gettext_noop(
    "by its name says how things stood later, and it tells the outcome (AUC %(auc).2f alone)"
)
DOMINANT = gettext_noop(
    "alone tells more than all others together (AUC %(alone).2f; %(others).2f without it)"
)

LATEST = re.compile(
    r"\b(last|latest|most recent|final)\s+(?:\w+\s+){0,2}?"
    r"(activity|notable|contact(ed)?|touch(ed)?|modified|updated?|status|stage|calls?|e?mails?|"
    r"interaction|engagement|event|action|changed?|seen|reply|replied|response|meeting|note|"
    r"message|sms|conversation|booked|opened|clicked)\b"
)
ENDED = re.compile(
    r"\b((closed?|closing|won|lost|conversion|converted|disqualified|rejected|churn(ed)?) "
    r"(date|at|on|time|reason|by|value|amount)|(reason|date) (won|lost|closed)|"
    r"(lost|won|loss|win|churn) reason|"
    r"(lead|deal|opportunity|sales|pipeline|lifecycle|contact|churn) "
    r"(status|stage|score|result|outcome|disposition)|disposition|modified (date|at|on|time)|"
    r"updated (at|on|time)|became (an? )?\w+ (customer )?date)\b"
)
BEFORE = re.compile(r"\b(previous|prior|past|former|first|initial|original|since)\b")


@dataclass(frozen=True)
class Leak:
    """``reason`` is a sentence for ``%`` and ``values``."""

    column: str
    reason: str
    auc: float = 0.5
    others: float = 0.5

    def said(self) -> str:
        return self.reason % {"auc": self.auc, "alone": self.auc, "others": self.others}


@dataclass(frozen=True)
class Alone:
    """What one column tells by itself. ``counts`` of rows and of positives, by group."""

    auc: float
    counts: Sequence[tuple[int, int]]


def alone(column: Column, won: Sequence[bool], *, rows: Sequence[int]) -> Alone:
    """Out of fold: the share of positives in a row's group, counted without the row's fold."""
    groups = groups_of(column, bins := learn_bins(column, rows, most=FINE), rows)
    base = sum(won) / len(won)
    size = bins.count
    count = [[0] * size for _ in range(FOLDS)]
    hits = [[0] * size for _ in range(FOLDS)]
    for at, group in enumerate(groups):
        count[at % FOLDS][group] += 1
        hits[at % FOLDS][group] += won[at]
    total = [sum(fold[group] for fold in count) for group in range(size)]
    wins = [sum(fold[group] for fold in hits) for group in range(size)]
    shares = [
        [
            (wins[g] - hits[fold][g] + 5 * base) / (total[g] - count[fold][g] + 5)
            for g in range(size)
        ]
        for fold in range(FOLDS)
    ]
    chances = [shares[at % FOLDS][group] for at, group in enumerate(groups)]
    auc = max(0.5, area_under_curve(chances, won))
    return Alone(auc, list(zip(total, wins, strict=True)))


def evidence_of(
    column: Column, found: Alone, *, later: float | None, positives: int, total: int
) -> Leak | None:
    """``later``: the share of its filled rows that lie after the moment of judging."""
    if later is not None and later > 0.5:
        return Leak(column.name, LATER, found.auc)
    if filled := _filled(found, positives=positives, total=total):
        return Leak(column.name, filled, found.auc)
    if found.auc >= NEARLY_IS:
        return Leak(column.name, IS_OUTCOME, found.auc)
    if column.kind is Kind.CHOICE and is_certain_both_ways(found, positives, total):
        return Leak(column.name, CERTAIN, found.auc)
    if says_later(column) and found.auc >= (0.55 if column.kind is Kind.DATE else TELLS):
        return Leak(column.name, SAYS_LATER, found.auc)
    return None


def says_later(column: Column) -> bool:
    """Whether the name is of a field that is written over as the story goes on."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.name)
    plain = re.sub(r"[\W_]+", " ", plain).casefold().strip()
    return bool(LATEST.search(plain) or ENDED.search(plain)) and not BEFORE.search(plain)


def _filled(found: Alone, *, positives: int, total: int) -> str | None:
    blank, blank_won = found.counts[MISSING]
    won, lost = positives - blank_won, (total - positives) - (blank - blank_won)
    share_won, share_lost = won / positives, lost / (total - positives)
    if won >= FEWEST and _only(share_won, share_lost):
        return FILLED_WON
    if lost >= FEWEST and _only(share_lost, share_won):
        return FILLED_LOST
    return None


def _only(here: float, there: float) -> bool:
    return here >= 0.05 and there <= 0.01 and here >= 20 * there


def is_certain_both_ways(found: Alone, positives: int, total: int) -> bool:
    yes, no = certain_shares(found, positives, total)
    return yes >= 0.05 and no >= 0.05


def certain_shares(found: Alone, positives: int, total: int) -> tuple[float, float]:
    """Which share of the positives lies in groups that are all but surely positive; of the
    negatives likewise. By the near end of the confidence interval, not by luck in small groups."""
    base = positives / total
    yes = no = 0
    for count, wins in found.counts:
        if count < FEWEST:
            continue
        if 1 - wilson(wins, count, z=Z)[0] <= min(0.1, (1 - base) / 5):
            yes += wins
        if 1 - wilson(count - wins, count, z=Z)[0] <= min(0.05, base / 5):
            no += count - wins
    return yes / positives, no / (total - positives)
