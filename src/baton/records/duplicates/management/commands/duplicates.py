import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from baton.records.duplicates.rules.evaluating import Figures, evaluate
from baton.records.duplicates.rules.reading import Unusable, read_sheet


class Command(BaseCommand):
    help = (
        "Measure the matcher on a CSV file of people whose truth is known. Exit 0: measured; "
        "2: the file cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        measure = acts.add_parser("evaluate", help="Precision and recall on a file.")
        measure.add_argument("file", type=Path, metavar="FILE")
        measure.add_argument(
            "--entity",
            required=True,
            metavar="COLUMN",
            help="Rows with the same value there are one person; never used for matching.",
        )
        measure.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        try:
            figures = evaluate(read_sheet(_content(options["file"])), entity=options["entity"])
        except Unusable as no:
            raise CommandError(str(no), returncode=2) from no
        seconds = round(time.perf_counter() - began, 2)
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(figures) | {"seconds": seconds}))
        else:
            self.stdout.write(_told(figures, seconds))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from error


def _told(figures: Figures, seconds: float) -> str:
    return (
        f"Found {figures.found_pairs:,} pairs; {figures.true_pairs:,} are true; {seconds:.1f} s: "
        f"precision {figures.precision:.1%}, recall {figures.recall:.1%}."
    )
