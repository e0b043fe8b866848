"""What a judgement says, as plain values: of the command, and of a page."""

from collections.abc import Collection, Sequence
from typing import Any

from baton.qualification.scoring.rules.foresight import figures
from baton.qualification.scoring.rules.foresight.judging import Judgement, judge
from baton.qualification.scoring.rules.foresight.table import Cells, Table, named, read_table

CARRIED = (
    "Nearly all rests on “%(column)s” (AUC %(auc).2f alone, %(others).2f without it). If it is "
    "known only afterwards, leave it out (--exclude)."
)
COPIES = 0.02  # of the rows
REPEATED = (
    "%(count)s rows stand in the file twice: who was learned from judges, too, and the figure is "
    "the better for it. Save each once."
)
TOO_GOOD = "The figure is too good to trust: look for columns that were filled afterwards."


def evaluate(
    cells: Cells,
    *,
    outcome: str,
    time: str = "",
    excluded: Collection[str] = (),
    kept: Collection[str] = (),
) -> dict[str, Any]:
    """How well the outcome is foreseen by the other columns. Raises CannotForesee."""
    table = read_table(cells, outcome=outcome, time=time, excluded=excluded)
    known = frozenset(named(cells, one) for one in kept)
    found = judge(
        table.columns, table.won, outcome=table.outcome.column, time=table.time, kept=known
    )
    told = figures_of(found)
    if found.carried:
        told["warnings"].append(CARRIED % vars(found.carried))
    if table.repeated >= COPIES * len(table.won):
        told["warnings"].append(REPEATED % {"count": table.repeated})
    return told | of_table(table)


def figures_of(found: Judgement) -> dict[str, Any]:
    return {
        "auc": round(found.auc, 4),
        "brier": round(found.brier, 4),
        "lift_at_10": round(found.lift, 3),
        "leaks": [leak.column for leak in found.leaks],
        "leak_reasons": [{"column": leak.column, "reason": leak.said()} for leak in found.leaks],
        "split": "time" if found.by_time else "folds",
        "taught": found.taught,
        "judged": len(found.won),
        "model": max(sorted(set(found.models)), key=found.models.count),
        "columns": list(found.columns),
        "deciles": _parts(figures.by_tenths(found.chances, found.won)),
        "calibration": _parts(figures.calibration_of(found.chances, found.won)),
        "warnings": [TOO_GOOD] if found.is_too_good else [],
        "carried": vars(found.carried) if found.carried else None,
    }


def _parts(parts: Sequence[figures.Part]) -> list[dict[str, Any]]:
    return [
        {
            "n": part.count,
            "expected": round(part.expected, 4),
            "observed": round(part.observed, 4),
        }
        for part in parts
    ]


def of_table(table: Table) -> dict[str, Any]:
    won = table.won
    return {
        "n": len(won),
        "positives": sum(won),
        "base_rate": round(sum(won) / len(won), 4),
        "outcome": {
            "column": table.outcome.column,
            "positive": table.outcome.positive,
            "negative": table.outcome.negative,
        },
        "left_out": table.left_out,
        "repeated": table.repeated,
        "ignored": table.ignored,
    }
