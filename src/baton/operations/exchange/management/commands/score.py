import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.operations.exchange.actions.opening import open_files
from baton.operations.exchange.rules.reading import Line, Sheet, open_sheet
from baton.qualification.scoring.rules.foresight.reporting import evaluate

USED = ("auc", "brier", "lift_at_10", "n", "positives", "split", "model")


class Command(BaseCommand):
    help = (
        "Say how well an outcome can be foreseen from the other columns of a file, on rows that "
        "were not learned from, and which columns knew it beforehand. Nothing is kept. Exit 2: the "
        "file or the column cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        asked = acts.add_parser("evaluate", help=self.help)
        asked.add_argument("file", type=Path, metavar="FILE")
        asked.add_argument("--outcome", required=True, metavar="COLUMN", help="Of two values.")
        asked.add_argument(
            "--time", default="", metavar="COLUMN", help="Learn from earlier rows, judge by later."
        )
        asked.add_argument("--exclude", default="", metavar="COLUMN,...", help="Not used.")
        asked.add_argument(
            "--keep", default="", metavar="COLUMN,...", help="Known in time: never called a leak."
        )
        asked.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cells, unread = read_cells(options["file"])
            found = evaluate(
                cells,
                outcome=options["outcome"],
                time=options["time"],
                excluded=split(options["exclude"]),
                kept=split(options["keep"]),
            )
        except RuleViolation as no:
            raise CommandError(str(no), returncode=2) from no
        found["unread_lines"] = unread
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, indent=1, ensure_ascii=False))
        else:
            self._say(found)

    def _say(self, found: Mapping[str, Any]) -> None:
        outcome = found["outcome"]
        self.stdout.write(f"{outcome['column']}: {outcome['positive']} is the positive value.")
        for name in USED:
            self.stdout.write(f"{name:12} {found[name]}")
        for leak in found["leak_reasons"]:
            self.stdout.write(f"Leak: {leak['column']} – {leak['reason']}")
        for warning in found["warnings"]:
            self.stdout.write(warning)


def split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def read_cells(path: Path) -> tuple[dict[str, list[str]], int]:
    """The file's columns, and how many lines could not be read. Raises Unusable."""
    with TemporaryDirectory() as folder:
        files = open_files([path], Path(folder))
        if len(files) != 1:
            raise RuleViolation(_("The file holds several tables. Save the one to judge as CSV."))
        sheet = _with_all_columns(open_sheet(files[0]))
        cells: dict[str, list[str]] = {name: [] for name in sheet.header}
        unread = 0
        for line in sheet.lines():
            if not isinstance(line, Line):
                unread += 1
                continue
            for name, text in line.cells.items():
                cells[name].append(text)
    return cells, unread


def _with_all_columns(sheet: Sheet) -> Sheet:
    """A last column without a name is one: its rows are as whole as those of others."""
    more = range(len(sheet.header) + 1, sheet.width + 1)
    return replace(sheet, header=(*sheet.header, *(f"Column {place}" for place in more)))
