from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from baton.operations.administration import actions


class Command(BaseCommand):
    help = "Save the whole instance, living or not, into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = actions.back_up(path=options["file"].absolute(), at=timezone.now())
        size = options["file"].stat().st_size
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{options['file']}: {rows:,} rows, {size / 1e6:.1f} MB")
