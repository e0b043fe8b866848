import csv
import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from baton.core.ui.spreadsheets import harmless
from baton.insight.analytics.plain import (
    FIGURES,
    NESTED,
    attribution_data,
    closed_loop_data,
    cohorts_data,
    flat,
    last_year_data,
    nested,
    pipeline_data,
    reasons_of,
    spread,
    velocity_told,
)
from baton.insight.analytics.queries import (
    COHORT_STEPS,
    GROUPS,
    LAST_YEAR_GROUPS,
    MODELS,
    NARROWED_BY,
    PIPELINE_GROUPS,
    TOUCH_GROUPS,
    VELOCITY_GROUPS,
    AttributionQuestion,
    CohortQuestion,
    LastYearQuestion,
    PipelineQuestion,
    Question,
    VelocityQuestion,
    arrivals,
    attribution,
    closed_loop,
    cohorts,
    last_year,
    pipeline,
    today,
)
from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY, Basis, LookBack, Span

BY: dict[str, Collection[str]] = {
    "closed-loop": GROUPS,
    "pipeline": PIPELINE_GROUPS,
    "attribution": TOUCH_GROUPS,
    "cohorts": NARROWED_BY,
    "velocity": VELOCITY_GROUPS,
    "last-year": LAST_YEAR_GROUPS,
}
WHOSE = "Last year: of the latest import that brought people, of all, or of this one."


class Command(BaseCommand):
    help = "Print a report over all records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", choices=sorted(FIGURES))
        parser.add_argument("--by", help="What to group by.")
        parser.add_argument("--from", dest="from_on", help="First day, like 2026-01-01.")
        parser.add_argument("--to", dest="to_on", help="Last day, included.")
        parser.add_argument("--basis", choices=[str(basis) for basis in Basis], default="cohort")
        parser.add_argument("--model", choices=list(MODELS), default="linear", help="Attribution.")
        parser.add_argument(
            "--look-back",
            choices=[str(days) for days in LookBack],
            default="90",
            help="Attribution: how many days before a deal is opened touches count.",
        )
        parser.add_argument("--step", choices=list(COHORT_STEPS), default="mql", help="Cohorts.")
        parser.add_argument(
            "--unit", choices=[str(span) for span in Span], default="month", help="Cohorts."
        )
        parser.add_argument(
            "--group", help="Cohorts: leads of this source (or what --by says) alone."
        )
        parser.add_argument("--import", dest="batch", default="latest", help=WHOSE)
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table")
        parser.add_argument(
            "--lake",
            action="store_true",
            help="The figures of closed loop and pipeline by the lake's engine.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = _ask(options)
        printers: dict[str, Callable[[dict[str, Any]], None]] = {
            "json": lambda data: self.stdout.write(json.dumps(data, indent=1)),
            "csv": self._print_csv,
            "table": self._print_table,
        }
        printers[options["format"]](data)

    def _print_csv(self, data: dict[str, Any]) -> None:
        rows = [flat(data["report"], row) for row in _lines(data)]
        writer = csv.DictWriter(
            self.stdout, list(rows[-1]), lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        writer.writeheader()
        for row in rows:
            writer.writerow({name: harmless(value) for name, value in row.items()})

    def _print_table(self, data: dict[str, Any]) -> None:
        """The figures; under them, of the closed loop, what lies between the steps and what sales
        said, so that no line is wider than a screen."""
        rows = _lines(data)
        if data["report"] == "cohorts":
            rows = [spread(row) for row in rows]
        self._print_lines(FIGURES[data["report"]], rows)
        if data["report"] == "last-year":
            self._print_rest(data)
        if data["report"] != "closed-loop":
            return
        for name, parts in NESTED.items():
            self.stdout.write(f"\n{name}")
            filled = [
                {"group": row["group"]} | {part: nested(row, name, part) for part in parts}
                for row in rows
            ]
            self._print_lines(parts, filled)
        self.stdout.write("\nreasons")
        for row in rows:
            if row["reasons"]:
                self.stdout.write(f"{_word(row['group'])}: {reasons_of(row)}")

    def _print_rest(self, data: dict[str, Any]) -> None:
        """What last year proposes, and what it cannot tell."""
        self.stdout.write("\nproposal")
        for name, value in data["proposal"].items():
            self.stdout.write(f"{name}: {_word(value)}")
        self.stdout.write(f"\ncannot tell: {', '.join(data['cannot_tell']) or '(nothing)'}")

    def _print_lines(self, names: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
        columns = ["group", *names]
        lines = [columns, *[[_cell(row, name) for name in columns] for row in rows]]
        widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
        for line in lines:
            cells = [line[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
            self.stdout.write("  ".join(cells).rstrip())


def _lines(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The groups, then the total."""
    return [*data["rows"], data["totals"] | {"group": "total"}]


def _ask(options: dict[str, Any]) -> dict[str, Any]:
    groups = BY[options["report"]]
    by = options["by"] or next(iter(groups))
    if by not in groups:
        raise CommandError(
            f"{options['report']} cannot be grouped by {by}: use {', '.join(groups)}.", returncode=2
        )
    first, latest = _day(options["from_on"]), _day(options["to_on"])
    if first and latest and first > latest:
        raise CommandError("The first day lies after the last one.", returncode=2)
    return ASKED[options["report"]]({"by": by, "from_on": first, "to_on": latest}, options)


def _closed_loop(asked: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    basis, from_lake = Basis(options["basis"]), options["lake"]
    return closed_loop_data(closed_loop(Question(basis=basis, from_lake=from_lake, **asked)))


def _pipeline(asked: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    return pipeline_data(pipeline(PipelineQuestion(from_lake=options["lake"], **asked)))


def _attribution(asked: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    question = AttributionQuestion(look_back=LookBack(options["look_back"]), **asked)
    return attribution_data(attribution(question), model=options["model"])


def _cohorts(asked: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    question = CohortQuestion(
        step=options["step"], span=Span(options["unit"]), group=options["group"], **asked
    )
    return cohorts_data(cohorts(question), on=today())


def _velocity(asked: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    return velocity_told(VelocityQuestion(on=today(), **asked))


def _last_year(asked: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    by = asked.pop("by")
    return last_year_data(last_year(LastYearQuestion(batch=_batch(options), **asked)), by=by)


def _batch(options: dict[str, Any]) -> UUID | None:
    """The import that is meant; None for everybody, and where there has been none."""
    wanted, found = options["batch"], [arrival.batch for arrival in arrivals()]
    if wanted == "all":
        return None
    if wanted == "latest":
        return found[0] if found else None
    for batch in found:
        if str(batch) == wanted:
            return batch
    raise CommandError(f"“{wanted}” is no import that brought people.", returncode=2)


ASKED: dict[str, Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    "closed-loop": _closed_loop,
    "pipeline": _pipeline,
    "attribution": _attribution,
    "cohorts": _cohorts,
    "velocity": _velocity,
    "last-year": _last_year,
}


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"“{text}” is no date. Write it like 2026-01-31.", returncode=2
        ) from error
    if not FIRST_DAY <= day <= LAST_DAY:
        years = f"from {FIRST_DAY.year} to {LAST_DAY.year}"
        raise CommandError(f"“{text}” is too far away. Choose days {years}.", returncode=2)
    return day


def _cell(row: dict[str, Any], name: str) -> str:
    """A time that has not begun stays empty; a group without a name says so."""
    return "" if row[name] == "" and name != "group" else _word(row[name])


def _word(value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:,.2f}"
    return str(value) or "(none)"
