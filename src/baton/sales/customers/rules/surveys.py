"""What customers are asked, how long they may answer, and what their answers come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt

from baton.core.intervals import wilson

OPEN_FOR = timedelta(days=60)  # from the question on
CHANGED_WITHIN = timedelta(days=7)  # of the first answer
COUNTED_FOR = timedelta(days=365)  # an older answer says nothing of today
MOST_ANSWERS = 20  # to one question: who presses more often is a machine
EIGHTY = 1.2815515655446004  # standard deviations that hold 80 % of a normal distribution
PASSIVE, PROMOTER = 7, 9  # the lowest scores that count as such
SATISFIED = 4
UNHAPPY = 2  # of CSAT, this and less


class SurveyKind(StrEnum):
    NPS = "nps"
    CSAT = "csat"


LOW = {SurveyKind.NPS: 0, SurveyKind.CSAT: 1}
TOP = {SurveyKind.NPS: 10, SurveyKind.CSAT: 5}


class State(StrEnum):
    """Of one question."""

    OPEN = "open"
    ANSWERED = "answered"  # and may be changed
    CLOSED = "closed"  # answered, for good
    EXPIRED = "expired"
    GONE = "gone"  # taken back


class Mood(StrEnum):
    """How an answer counts."""

    GOOD = "good"  # promoter, satisfied
    MIDDLE = "middle"  # passive, neither
    BAD = "bad"  # detractor, not satisfied


@dataclass(frozen=True)
class Figure:
    """``value``: NPS from -1 to 1, CSAT from 0 to 1; in eight of ten cases the true one lies
    between ``low`` and ``high``. None of no answers."""

    value: float
    low: float
    high: float
    count: int


def state_of(
    *, asked_at: datetime, answered_at: datetime | None, is_gone: bool, at: datetime
) -> State:
    """Whether it can be answered now, and why not."""
    if is_gone:
        return State.GONE
    if answered_at is not None:
        return State.ANSWERED if at - answered_at < CHANGED_WITHIN else State.CLOSED
    return State.OPEN if at - asked_at < OPEN_FOR else State.EXPIRED


def scores(kind: SurveyKind) -> range:
    """All that may be answered."""
    return range(LOW[kind], TOP[kind] + 1)


def mood_of(kind: SurveyKind, score: int) -> Mood:
    """9 and 10 recommend us, 0 to 6 do not; 4 and 5 are satisfied, 1 and 2 are not."""
    if kind is SurveyKind.NPS:
        if score >= PROMOTER:
            return Mood.GOOD
        return Mood.MIDDLE if score >= PASSIVE else Mood.BAD
    if score >= SATISFIED:
        return Mood.GOOD
    return Mood.BAD if score <= UNHAPPY else Mood.MIDDLE


def scores_of(kind: SurveyKind, mood: Mood) -> list[int]:
    """The scores that count so."""
    return [score for score in scores(kind) if mood_of(kind, score) is mood]


def nps_of(found: Iterable[int]) -> Figure | None:
    """The share of promoters less that of detractors.

    Its range is the adjusted Wald interval that adds three answers, a quarter to either side and a
    half between (Rocks 2016, "Interval estimation for the Net Promoter Score", after Agresti and
    Min 2005): of few answers, and where all say the same, the plain variance of a multinomial says
    too little.
    """
    moods = [mood_of(SurveyKind.NPS, score) for score in found]
    count = len(moods)
    if not count:
        return None
    good, bad = moods.count(Mood.GOOD), moods.count(Mood.BAD)
    likely_good, likely_bad = (good + 0.75) / (count + 3), (bad + 0.75) / (count + 3)
    middle = likely_good - likely_bad
    half = EIGHTY * sqrt((likely_good + likely_bad - middle * middle) / (count + 3))
    low, high = max(-1.0, middle - half), min(1.0, middle + half)
    value = (good - bad) / count
    return Figure(value, min(low, value), max(high, value), count)


def csat_of(found: Iterable[int]) -> Figure | None:
    """The share of 4 and 5, with Wilson's score interval."""
    moods = [mood_of(SurveyKind.CSAT, score) for score in found]
    if not moods:
        return None
    good = moods.count(Mood.GOOD)
    return Figure(good / len(moods), *wilson(good, len(moods), z=EIGHTY), len(moods))
