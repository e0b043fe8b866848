"""Which of two values is the good one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from baton.core.errors import gettext_noop
from baton.qualification.scoring.rules.foresight.cells import is_nothing
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee

YES = (
    *("1", "1.0", "yes", "y", "true", "t", "ja", "oui", "si", "sí", "sim", "wahr", "on", "x"),
    *("verdadero", "verdadeiro", "vrai", "vero", "sì", "tak", "prawda", "waar", "да", "はい"),
    *("ganado", "ganada", "ganho", "gagné", "gagnée", "vinto", "vinta", "wygrana", "gekauft"),
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
    *("approved", "renewed", "purchase", "buyer", "subscriber", "responded", "clicked"),
    *("positive", "good", "paid", "booked", "signed", "deal", "hot", "churned", "churn", "left"),
)
NO = (
    *("0", "0.0", "-1", "no", "n", "false", "f", "nein", "non", "não", "nao", "falsch", "off"),
    *("falso", "faux", "nie", "fałsz", "nee", "onwaar", "нет", "いいえ"),
    *("perdido", "perdida", "perdu", "perdue", "perso", "persa", "przegrana", "nicht gekauft"),
    *("lost", "closed lost", "loss", "verloren", "not converted", "unconverted", "non-customer"),
    *("not sold", "rejected", "unqualified", "disqualified", "failure", "failed", "unsuccessful"),
    *("denied", "declined", "no response", "not interested", "expired"),
    *("negative", "bad", "unpaid", "cold", "stayed", "retained", "not churned"),
)
ENDS = (  # of a deal: whatever else is said in such a column is still open
    {
        *("won", "closed won", "win", "gewonnen", "closedwon", "closed-won"),
        *("ganado", "ganada", "ganho", "gagné", "gagnée", "vinto", "vinta", "wygrana"),
    },
    {
        *("lost", "closed lost", "loss", "verloren", "closedlost", "closed-lost"),
        *("perdido", "perdida", "perdu", "perdue", "perso", "persa", "przegrana"),
    },
)
OPEN = {
    *("open", "pending", "unknown", "undecided", "in progress", "in process", "ongoing", "new"),
    *("working", "contacted", "nurturing", "on hold", "offen", "en cours", "not yet", "tbd"),
}
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
    """Rows without an outcome, or with one that is still open, are left out. Raises
    CannotForesee."""
    words = [_plain(text) for text in cells]
    counts = Counter(word for word in words if not is_nothing(word))
    ended = counts.keys() - _open(counts)
    if len(ended) != 2:
        raise _not_two(column, counts)
    positive, negative = _which(Counter({word: counts[word] for word in ended}))
    rows = [at for at, word in enumerate(words) if word in ended]
    shown = {words[at]: cells[at].strip() for at in reversed(rows)}
    won = [words[at] == positive for at in rows]
    return Outcome(column, shown[positive], shown[negative], tuple(rows), tuple(won))


def _plain(text: str) -> str:
    return text.strip().casefold().replace("_", " ")


def _open(counts: Counter[str]) -> set[str]:
    """The values that say that it has not ended yet."""
    if len(counts) <= 2:
        return set()
    ends = [counts.keys() & words for words in ENDS]
    if all(len(found) == 1 for found in ends):
        return counts.keys() - ends[0] - ends[1]
    return counts.keys() & OPEN


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
