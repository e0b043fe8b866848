"""Which of two values is the good one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from baton.core.errors import gettext_noop
from baton.qualification.scoring.rules.foresight.cells import is_nothing
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee

YES = (
    *("1", "1.0", "yes", "y", "true", "t", "ja", "oui", "si", "sí", "sim", "wahr", "on", "x"),
    *("won", "closed won", "win", "gewonnen", "converted", "conversion", "customer", "client"),
    *(
        "sold",
        "bought",
        "purchased",
        "subscribed",
        "accepted",
        "qualified",
        "success",
        "successful",
    ),
    *("positive", "good", "paid", "booked", "signed", "deal", "hot", "churned", "churn", "left"),
)
NO = (
    *("0", "0.0", "-1", "no", "n", "false", "f", "nein", "non", "não", "nao", "falsch", "off"),
    *("lost", "closed lost", "loss", "verloren", "not converted", "unconverted", "non-customer"),
    *("not sold", "rejected", "unqualified", "disqualified", "failure", "failed", "unsuccessful"),
    *("negative", "bad", "unpaid", "cold", "stayed", "retained", "not churned"),
)
LEAST_ROWS = 100
LEAST_EACH = 20


@dataclass(frozen=True)
class Outcome:
    """Of each row that has one: True for the positive value."""

    column: str
    positive: str
    negative: str
    rows: tuple[int, ...]  # the rows that have an outcome, in the order of the file
    won: tuple[bool, ...]


def read_outcome(column: str, cells: Sequence[str]) -> Outcome:
    """Rows without an outcome are left out. Raises CannotForesee."""
    rows = [at for at, text in enumerate(cells) if not is_nothing(text)]
    counts = Counter(cells[at].strip().casefold() for at in rows)
    if len(counts) != 2:
        raise _not_two(column, counts)
    positive, negative = _which(counts)
    shown = {cells[at].strip().casefold(): cells[at].strip() for at in reversed(rows)}
    won = [cells[at].strip().casefold() == positive for at in rows]
    return Outcome(column, shown[positive], shown[negative], tuple(rows), tuple(won))


def _not_two(column: str, counts: Counter[str]) -> CannotForesee:
    if not counts:
        return CannotForesee(gettext_noop("The column “%(column)s” is empty."), column=column)
    if len(counts) == 1:
        words = gettext_noop(
            "The column “%(column)s” says the same in every row (%(value)s): an outcome needs two "
            "values."
        )
        return CannotForesee(words, column=column, value=next(iter(counts))[:40])
    words = gettext_noop(
        "The column “%(column)s” has %(count)s different values; an outcome has two, like yes and "
        "no."
    )
    return CannotForesee(words, column=column, count=f"{len(counts):,}")


def _which(counts: Counter[str]) -> tuple[str, str]:
    """By the words; else the rarer of the two is what one hopes for."""
    first, second = sorted(counts)
    if first in NO or second in YES:
        return second, first
    if second in NO or first in YES:
        return first, second
    if f"not {first}" == second or f"un{first}" == second or f"non-{first}" == second:
        return first, second
    return (first, second) if counts[first] < counts[second] else (second, first)


def check_enough(won: Sequence[bool]) -> None:
    """Raises CannotForesee where any figure would be chance."""
    yes = sum(won)
    no = len(won) - yes
    if len(won) < LEAST_ROWS or min(yes, no) < LEAST_EACH:
        words = gettext_noop(
            "Too little to learn from: %(rows)s rows with an outcome, %(yes)s of them positive and "
            "%(no)s negative. It takes %(least)s rows with %(each)s of each."
        )
        raise CannotForesee(words, rows=len(won), yes=yes, no=no, least=LEAST_ROWS, each=LEAST_EACH)
