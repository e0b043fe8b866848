from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.core.signin.queries import sealed_rows
from baton.operations.administration import actions


class Command(BaseCommand):
    help = "Save the whole instance, living or not, into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = actions.back_up(path=options["file"].absolute(), at=timezone.now())
        except (FileNotFoundError, FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            place = f"{options['file']} cannot be written: {error.strerror}."
            raise CommandError(place) from error
        size = options["file"].stat().st_size
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{options['file']}: {rows:,} rows, {size / 1e6:.1f} MB")
        if sealed_rows():
            self.stdout.write(
                "keys/sealing is not in it: keep a copy of that file apart. Without it codes of "
                "people's apps are refused after a restore; their recovery codes are not."
            )
