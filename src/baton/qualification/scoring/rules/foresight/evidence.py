"""What makes a column a leak: general evidence that it was filled by who knew the outcome.

No rule here is about one file. Four kinds of evidence, each alone enough: the column nearly is the
outcome; whether it is filled tells it; its values are nearly certain both ways; it lies later than
the moment of judging. What a name says of *when* a field is written ("last", "closed", "won")
counts only together with figures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.metrics import roc_auc_score

from baton.core.errors import gettext_noop
from baton.core.intervals import wilson
from baton.qualification.scoring.rules.foresight.bins import MISSING
from baton.qualification.scoring.rules.foresight.columns import Column, Kind
from baton.qualification.scoring.rules.foresight.encoding import (
    FIGURES,
    Numbers,
    Rows,
    groups_at,
    is_wide,
    learn_bins,
    learn_worth,
    made_ready,
)

FOLDS = 5
FINE = 20  # groups of a number
IS = 0.985  # the area of one column alone from which on it is the outcome in other words
NEARLY_IS = 0.96  # likewise where single values make sure: a strong figure has none
TELLS = 0.65  # what a name says counts from here
TELLS_LITTLE = 0.55  # of days, and of what is reckoned up to the end
ITS_NAME = 0.65  # a column that is named after the outcome counts from here
Z = 1.96
FEWEST = 10
GAP = 0.38  # between the shares of positives and of negatives in which something is said
SAYS_NOTHING = 0.6  # the area, among filled rows, of what says nothing about the outcome
USUAL = 0.5  # of the rows have the figure that stands for nothing
SPIKE = 0.05  # of the rows have one and the same figure

IS_OUTCOME = gettext_noop("tells the outcome by itself (AUC %(auc).2f alone)")
FILLED_WON = gettext_noop("filled almost only where the outcome is positive")
FILLED_LOST = gettext_noop("filled almost only where the outcome is negative")
FILLED_BY_END = gettext_noop(
    "whether it is filled tells the outcome, what it says does not: filled, or left empty, after it"
)
UNUSUAL_WON = gettext_noop("other than its usual figure almost only where the outcome is positive")
UNUSUAL_LOST = gettext_noop("other than its usual figure almost only where the outcome is negative")
CERTAIN = gettext_noop(
    "has values after which the outcome is all but sure, both ways: set by who knew it"
)
LATER = gettext_noop("lies after the moment of judging in most rows")
SAYS_LATER = gettext_noop(
    "by its name says how things stood later, and it tells the outcome (AUC %(auc).2f alone)"
)
NAMED = gettext_noop("is named after the outcome, and tells it (AUC %(auc).2f alone)")
SAME = gettext_noop("tells the same as another column that knew the outcome")
LENGTH = gettext_noop(
    "the time from the one to the other moment tells the outcome (AUC %(alone).2f; %(others).2f "
    "without it)"
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
FORETOLD = re.compile(r"\b(predict(ed|ion|ions)|probability|forecast category)\b")
RECKONED = re.compile(r"\b(cltv|clv|ltv|(life ?time|customer) value|total won|won amount)\b")
TALK = re.compile(
    r"\bdurations?\b|\b(talk|talking|call|calls|phone|conversation|meeting|demo)s? "
    r"(?:\w+ )?(time|length|minutes?|mins?|seconds?|secs?|hours?)\b"
)
END = re.compile(
    r"\b(update[ds]?|modified|changed?|closed?|closing|end(ed|s)?|completed?|finished|signed|"
    r"delivered|paid|resolved|cancell?ed|renewed|returned|won|lost|left|exit(ed)?|last|latest)\b"
)
NO_SUBJECT = {  # words of an outcome's name that do not say what it is about
    *("is", "has", "was", "did", "the", "of", "in", "on", "a", "an", "y", "n", "yes", "no"),
    *("flag", "label", "value", "status", "result", "outcome", "target", "class", "response"),
    *("state", "stage", "type", "code", "name", "id", "indicator", "binary", "next", "month"),
}
ENDED = re.compile(
    r"\b((closed?|closing|won|lost|conversion|converted|disqualified|rejected|churn(ed)?) "
    r"(date|at|on|time|reason|by|value|amount)|(reason|date) (won|lost|closed)|"
    r"(lost|won|loss|win|churn) reason|"
    r"(lead|deal|opportunity|sales|pipeline|lifecycle|contact|churn) "
    r"(status|stage|score|result|outcome|disposition)|disposition|modified (date|at|on|time)|"
    r"updated (at|on|time|date)|(status|stage) (change )?(date|time|at|on)|duration at stage|"
    r"became (an? )?\w+ (customer )?date)\b"
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
    """What one column tells by itself. ``counts`` of rows and of positives, by group;
    ``makes_sure``: a single value that many rows have leaves no doubt."""

    auc: float
    counts: Sequence[tuple[int, int]]
    chances: Numbers = field(repr=False)
    makes_sure: bool = False
    within: float = 0.5  # the area among the rows in which something is said
    unusual: tuple[int, int] | None = None  # won and lost that are not as most rows are


def alone(column: Column, won: Sequence[bool], *, rows: Sequence[int]) -> Alone:
    """Out of fold: the share of positives in a row's group, counted without the row's fold."""
    truth = np.array(won, dtype=np.float64)
    bins = learn_bins(column, rows, most=FINE)
    groups, size = groups_at(column, bins, rows), bins.count
    fold = np.arange(len(groups)) % FOLDS
    chances = np.zeros(len(groups))
    for part in range(FOLDS):
        others = fold != part
        total = np.bincount(groups[others], minlength=size)
        wins = np.bincount(groups[others], weights=truth[others], minlength=size)
        share = (wins + 5 * truth.mean()) / (total + 5)
        chances[~others] = share[groups[~others]]
    auc = float(roc_auc_score(truth, chances))
    if is_wide(column):
        worth = learn_worth(column, rows, truth).own
        auc = max(auc, float(roc_auc_score(truth, worth)))
    counts = np.bincount(groups, minlength=size).tolist()
    hits = np.bincount(groups, weights=truth, minlength=size).astype(int).tolist()
    return Alone(
        auc=max(0.5, auc),
        counts=list(zip(counts, hits, strict=True)),
        chances=chances,
        within=_area(chances[groups != MISSING], truth[groups != MISSING]),
        makes_sure=column.kind not in FIGURES or _has_sure_value(column, rows, truth),
        unusual=_unusual(column, rows, truth) if column.kind is Kind.NUMBER else None,
    )


def _area(chances: Numbers, truth: Numbers) -> float:
    return float(roc_auc_score(truth, chances)) if 0 < truth.sum() < len(truth) else 0.5


def _unusual(column: Column, rows: Rows, truth: Numbers) -> tuple[int, int] | None:
    """Where one figure, mostly 0, stands for nothing: who has another one."""
    figures = made_ready(column).figures[rows]
    values, counts = np.unique(figures[~np.isnan(figures)], return_counts=True)
    if not len(counts) or counts.max() < USUAL * len(figures):
        return None
    other = ~np.isnan(figures) & (figures != values[counts.argmax()])
    won = int(truth[other].sum())
    return won, int(other.sum()) - won


def _has_sure_value(column: Column, rows: Sequence[int], truth: Numbers) -> bool:
    """Nothing said, or one figure that a twentieth of the rows shares, and it is all but sure."""
    figures = np.nan_to_num(made_ready(column).figures[rows], nan=np.inf)
    values, places, counts = np.unique(figures, return_inverse=True, return_counts=True)
    wins = np.bincount(places, weights=truth, minlength=len(values))
    often = counts >= max(FEWEST, SPIKE * len(figures))
    found = [(int(count), int(won)) for count, won in zip(counts[often], wins[often], strict=True)]
    return max(certain_shares(found, int(truth.sum()), len(truth))) > 0


def evidence_of(
    column: Column,
    found: Alone,
    *,
    outcome: str,
    later: float | None,
    positives: int,
    total: int,
) -> Leak | None:
    """``outcome``: the name of that column; ``later``: the share of its filled rows that lie after
    the moment of judging."""
    if later is not None and later > 0.5:
        return Leak(column.name, LATER, found.auc)
    if filled := _filled(column, found, positives=positives, total=total):
        return Leak(column.name, filled, found.auc)
    if found.unusual and not BEFORE.search(plain_name(column.name)):
        won, lost = found.unusual
        words = UNUSUAL_WON, UNUSUAL_LOST
        if reason := _one_sided(won, lost, positives, total - positives, words):
            return Leak(column.name, reason, found.auc)
    if found.auc >= IS or (found.auc >= NEARLY_IS and found.makes_sure):
        return Leak(column.name, IS_OUTCOME, found.auc)
    if column.kind is Kind.CHOICE and is_certain_both_ways(found, positives, total):
        return Leak(column.name, CERTAIN, found.auc)
    if reason := reason_by_name(column, found.auc, outcome):
        return Leak(column.name, reason, found.auc)
    return None


def reason_by_name(column: Column, auc: float, outcome: str) -> str | None:
    """What a name says counts only together with what the column tells."""
    plain = plain_name(column.name)
    if BEFORE.search(plain):
        return None
    tells = TELLS_LITTLE if column.kind is Kind.DATE or RECKONED.search(plain) else TELLS
    is_late = says_later(column) or FORETOLD.search(plain) or RECKONED.search(plain)
    if is_late and auc >= tells:
        return SAYS_LATER
    subject = set(plain_name(outcome).split()) - NO_SUBJECT
    if subject and subject <= set(plain.split()) and auc >= ITS_NAME:
        return NAMED
    return None


def says_later(column: Column) -> bool:
    """Whether the name is of a field that is written over as the story goes on."""
    plain = plain_name(column.name)
    return bool(LATEST.search(plain) or ENDED.search(plain)) and not BEFORE.search(plain)


def says_length(column: Column) -> bool:
    """Whether it is named as the length of a talk, which is known when that is over."""
    return bool(TALK.search(plain_name(column.name)))


def says_end(name: str) -> bool:
    """Whether a moment is named after what comes at the end, or after."""
    return bool(END.search(plain_name(name)))


def plain_name(name: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r"[\W_]+", " ", apart).casefold().strip()


def _filled(column: Column, found: Alone, *, positives: int, total: int) -> str | None:
    blank, blank_won = found.counts[MISSING]
    won, lost = positives - blank_won, (total - positives) - (blank - blank_won)
    if only := _one_sided(won, lost, positives, total - positives, (FILLED_WON, FILLED_LOST)):
        return only
    gap = abs(won / positives - lost / (total - positives))
    is_told = gap >= GAP and found.within <= SAYS_NOTHING
    return FILLED_BY_END if is_told and not BEFORE.search(plain_name(column.name)) else None


def _one_sided(
    won: int, lost: int, positives: int, negatives: int, words: tuple[str, str]
) -> str | None:
    share_won, share_lost = won / positives, lost / negatives
    if won >= FEWEST and _only(share_won, share_lost):
        return words[0]
    if lost >= FEWEST and _only(share_lost, share_won):
        return words[1]
    return None


def _only(here: float, there: float) -> bool:
    return here >= 0.05 and there <= 0.01 and here >= 20 * there


def is_certain_both_ways(found: Alone, positives: int, total: int) -> bool:
    yes, no = certain_shares(found.counts, positives, total)
    return yes >= 0.05 and no >= 0.05


def certain_shares(
    counts: Sequence[tuple[int, int]], positives: int, total: int
) -> tuple[float, float]:
    """Which share of the positives lies in groups that are all but surely positive; of the
    negatives likewise. By the near end of the confidence interval, not by luck in small groups."""
    base = positives / total
    yes = no = 0
    for count, wins in counts:
        if count < FEWEST:
            continue
        if 1 - wilson(wins, count, z=Z)[0] <= min(0.1, (1 - base) / 5):
            yes += wins
        if 1 - wilson(count - wins, count, z=Z)[0] <= min(0.05, base / 5):
            no += count - wins
    return yes / positives, no / (total - positives)
