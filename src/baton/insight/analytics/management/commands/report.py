import csv
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from baton.insight.analytics.plain import closed_loop_data, pipeline_data
from baton.insight.analytics.queries import (
    GROUPS,
    PIPELINE_GROUPS,
    PipelineQuestion,
    Question,
    closed_loop,
    pipeline,
)
from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY, Basis, harmless

CLOSED_LOOP = (
    "group leads mqls sals sqls opportunities pipeline_created won lost revenue cost "
    "median_days_to_win throughput_per_day"
)
PIPELINE = (
    "group created open won lost won_amount win_rate close_ratio sales_velocity median_cycle_days"
)
TABLE = {"closed-loop": CLOSED_LOOP.split(" "), "pipeline": PIPELINE.split(" ")}


class Command(BaseCommand):
    help = "Print a report over all records: closed-loop or pipeline."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", choices=sorted(TABLE))
        parser.add_argument("--by", help="What to group by.")
        parser.add_argument("--from", dest="from_on", type=_day, help="First day, like 2026-01-01.")
        parser.add_argument("--to", dest="to_on", type=_day, help="Last day, included.")
        parser.add_argument("--basis", choices=[str(basis) for basis in Basis], default="cohort")
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        data = _ask(options)
        printers: dict[str, Callable[[dict[str, Any]], None]] = {
            "json": lambda data: self.stdout.write(json.dumps(data, indent=1)),
            "csv": self._print_csv,
            "table": self._print_table,
        }
        printers[options["format"]](data)

    def _print_csv(self, data: dict[str, Any]) -> None:
        columns = TABLE[data["report"]]
        writer = csv.DictWriter(self.stdout, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for row in data["rows"]:
            writer.writerow(row | {"group": harmless(row["group"])})

    def _print_table(self, data: dict[str, Any]) -> None:
        columns = TABLE[data["report"]]
        totals = data["totals"] | {"group": "total"}
        lines = [columns, *[[_word(row[c]) for c in columns] for row in [*data["rows"], totals]]]
        widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
        for line in lines:
            cells = [line[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
            self.stdout.write("  ".join(cells).rstrip())


def _ask(options: dict[str, Any]) -> dict[str, Any]:
    groups = GROUPS if options["report"] == "closed-loop" else PIPELINE_GROUPS
    by = options["by"] or next(iter(groups))
    if by not in groups:
        raise CommandError(
            f"{options['report']} cannot be grouped by {by}: use {', '.join(groups)}.", returncode=2
        )
    period = {"from_on": options["from_on"], "to_on": options["to_on"]}
    if all(period.values()) and period["from_on"] > period["to_on"]:
        raise CommandError("The first day lies after the last one.", returncode=2)
    if options["report"] == "pipeline":
        return pipeline_data(pipeline(PipelineQuestion(by=by, **period)))
    return closed_loop_data(closed_loop(Question(by=by, basis=Basis(options["basis"]), **period)))


def _day(text: str) -> date:
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


def _word(value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:,.2f}"
    return str(value) or "(none)"
