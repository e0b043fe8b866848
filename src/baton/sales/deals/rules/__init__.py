"""What a deal is worth, how it stands, and what it takes to close it. No database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

IDLE_AFTER_DAYS = 30  # without a move, an edit or a touch with the buyer
COIN = Decimal("0.01")
MOST = Decimal("9999999999999.99")  # 15 digits: what SQLite keeps exactly


class StageKind(StrEnum):
    """What a stage makes of a deal in it; a deal's state is its stage's kind."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class WonReason(StrEnum):
    """Why they bought, in the buyer's eyes."""

    BEST_FIT = "best_fit"
    PRICE = "price"
    RELATIONSHIP = "relationship"
    SPEED = "speed"
    PROOF = "proof"
    TERMS = "terms"
    OTHER = "other"


class LostReason(StrEnum):
    """Why they did not. ``unknown`` is for history that came without a reason."""

    PRICE = "price"
    NO_DECISION = "no_decision"
    COMPETITOR = "competitor"
    NO_BUDGET = "no_budget"
    NO_NEED = "no_need"
    TIMING = "timing"
    NO_FIT = "no_fit"
    NO_ANSWER = "no_answer"
    OTHER = "other"
    UNKNOWN = "unknown"


class Gap(StrEnum):
    """What is missing before a deal may close."""

    REASON = "reason"
    UNKNOWN_REASON = "unknown_reason"
    COMPETITOR = "competitor"


def closing_gap(kind: StageKind, *, reason: str, competitor: str) -> Gap | None:
    """What keeps a deal from entering Won or Lost; None = it may.

    A win may go without a reason, a loss may not; "went with a competitor" names the competitor.
    """
    if kind is StageKind.OPEN:
        return None
    known: type[StrEnum] = WonReason if kind is StageKind.WON else LostReason
    if reason and reason not in set(known):
        return Gap.UNKNOWN_REASON
    if kind is StageKind.LOST and not reason:
        return Gap.REASON
    needs_name = kind is StageKind.LOST and reason == LostReason.COMPETITOR
    return Gap.COMPETITOR if needs_name and not competitor.strip() else None


class Asked(StrEnum):
    """What a stage may ask of a deal before it lets it in."""

    AMOUNT = "amount"
    CLOSE_ON = "close_on"
    NEXT_STEP = "next_step"
    NEED = "need"
    DECISION_MAKER = "decision_maker"
    REASON = "reason"
    COMPETITOR = "competitor"
    OBJECTION = "objection"


# By the kind of the stage. A loss always says why, a won deal need not.
ASKABLE: Mapping[StageKind, tuple[Asked, ...]] = {
    StageKind.OPEN: (
        Asked.AMOUNT, Asked.CLOSE_ON, Asked.NEXT_STEP, Asked.NEED, Asked.DECISION_MAKER,
        Asked.COMPETITOR,
    ),
    StageKind.WON: (
        Asked.AMOUNT, Asked.REASON, Asked.NEED, Asked.DECISION_MAKER, Asked.COMPETITOR,
    ),
    StageKind.LOST: (Asked.COMPETITOR, Asked.OBJECTION),
}  # fmt: skip


def missing(asked: Iterable[str], values: Mapping[str, object]) -> list[str]:
    """Which of the asked fields have no value; blanks are none."""
    return [name for name in asked if str(values.get(name) or "").strip() == ""]


def weighted(amount: Decimal | None, *, probability: int) -> Decimal | None:
    """What the deal counts in the forecast: amount x probability (per cent); None = unknown."""
    if amount is None:
        return None
    return (amount * probability / 100).quantize(COIN, rounding=ROUND_HALF_UP)


def line_sum(*, quantity: Decimal, price: Decimal | None) -> Decimal | None:
    """What one line comes to; None where the price is unknown."""
    if price is None:
        return None
    return (quantity * price).quantize(COIN, rounding=ROUND_HALF_UP)


def lines_total(sums: Iterable[Decimal | None]) -> Decimal | None:
    """The deal's amount by its lines; None without lines, or while one price is unknown."""
    total, count = Decimal(0), 0
    for one in sums:
        if one is None:
            return None
        total, count = total + one, count + 1
    return total if count else None


class Attention(StrEnum):
    """The one thing about an open deal that its owner should see first."""

    OVERDUE = "overdue"  # the close date has passed
    STEP_LATE = "step_late"  # the next step should have happened
    NO_STEP = "no_step"  # nobody wrote down what comes next
    IDLE = "idle"  # nothing happened for IDLE_AFTER_DAYS
    NONE = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of an open deal, in days of the organisation's zone."""

    close_on: date | None = None
    next_step: str | None = ""  # None: hidden
    next_step_on: date | None = None
    latest_on: date | None = None  # latest move, edit, or touch with the buyer


def attention(standing: Standing, *, today: date) -> Attention:
    """The most pressing thing first: overdue, step late, no next step, idle."""
    if standing.close_on and standing.close_on < today:
        return Attention.OVERDUE
    if standing.next_step and standing.next_step_on and standing.next_step_on < today:
        return Attention.STEP_LATE
    if standing.next_step == "":
        return Attention.NO_STEP
    if days_since(standing.latest_on, today=today) >= IDLE_AFTER_DAYS:
        return Attention.IDLE
    return Attention.NONE


def days_since(on: date | None, *, today: date) -> int:
    """Whole days between a day and today; 0 for an unknown or coming day."""
    return max((today - on).days, 0) if on else 0


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A deal's time in one stage. ``left_on`` None = still there, ``entered_on`` None = undated."""

    stage_id: int
    entered_on: date | None
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class BarStep:
    """One stage on the bar: first entry and all days in it; of the present one the latest stay."""

    stage_id: int
    state: str  # done, current, ""
    entered_on: date | None = None
    days: int | None = None  # None = never there, or undated


def stage_bar(
    stage_ids: Sequence[int], *, current: int, stays: Sequence[Stay], today: date
) -> list[BarStep]:
    """The way through the stages as it stands: those before the present one are done."""
    here = stage_ids.index(current) if current in stage_ids else -1
    return [
        BarStep(
            stage_id=stage_id,
            state="current" if place == here else "done" if place < here else "",
            entered_on=_entry(stage_id, stays=stays, is_latest=place == here),
            days=_days_spent(stage_id, stays=stays, today=today, is_latest=place == here),
        )
        for place, stage_id in enumerate(stage_ids)
    ]


def _entry(stage_id: int, *, stays: Sequence[Stay], is_latest: bool) -> date | None:
    entries = [stay.entered_on for stay in stays if stay.stage_id == stage_id and stay.entered_on]
    if not entries:
        return None
    return max(entries) if is_latest else min(entries)


def _days_spent(
    stage_id: int, *, stays: Sequence[Stay], today: date, is_latest: bool
) -> int | None:
    spans = [
        ((stay.left_on or today) - stay.entered_on).days
        for stay in stays
        if stay.stage_id == stage_id and stay.entered_on
    ]
    if not spans:
        return None
    return sum(max(span, 0) for span in (spans[-1:] if is_latest else spans))


def median(values: Sequence[float]) -> float | None:
    """The middle value, the mean of the two middle ones for an even count; None for none."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def quarter_of(day: date) -> tuple[date, date]:
    """First day of the calendar quarter of that day, and first day of the next."""
    first = (day.month - 1) // 3 * 3 + 1
    start = date(day.year, first, 1)
    return start, date(day.year + (first == 10), 1 if first == 10 else first + 3, 1)
