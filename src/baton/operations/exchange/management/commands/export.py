from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from baton.operations.exchange.actions.archiving import write_everything


class Command(BaseCommand):
    help = (
        "Write everything into one ZIP, each table as JSON Lines and CSV, with a list of contents. "
        "An empty installation takes it by baton import. Passwords and keys stay here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        rows = write_everything(path=path, at=timezone.now())
        self.stdout.write(f"{path}: {rows:,} rows. Whoever has it has all that you know: keep it.")
