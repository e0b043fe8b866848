import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.operations.exchange.actions import import_files, write_leftovers
from baton.operations.exchange.actions.opening import open_files
from baton.operations.exchange.actions.recognising import recipe_for
from baton.operations.exchange.actions.unarchiving import is_everything, load_everything
from baton.operations.exchange.rules.recipe import Recipe
from baton.operations.exchange.rules.recipe_file import read_recipe
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.tally import STATUSES, Tally

SOME_FAILED = 3


class Command(BaseCommand):
    help = (
        "Bring files of another system in. Exit 0: all rows are in; 3: the good ones are, the bad "
        "ones lie in a file to mend; 2: the files cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--recipe", type=Path, help="A TOML file that maps columns to fields.")
        parser.add_argument("--zone", default="", help="Of the times, where they have none.")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Where a record here says something else, take the file's value.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        files: Sequence[Path] = options["files"]
        if len(files) == 1 and is_everything(files[0]):
            self._everything(files[0], is_dry=options["dry_run"])
            return
        with TemporaryDirectory() as folder:
            self._import(files, Path(folder), options)

    def _import(self, files: Sequence[Path], opened: Path, options: Mapping[str, Any]) -> None:
        try:
            files = open_files(files, opened)
            recipe = self._recipe(options["recipe"], files, options["zone"])
            tally = import_files(
                paths=files,
                recipe=recipe,
                at=timezone.now(),
                is_dry=options["dry_run"],
                overwrites=options["overwrite"],
            )
        except Unusable as no:
            if options["format"] == "json":
                self.stdout.write(json.dumps(Tally().data() | {"refused": str(no)}))
            raise CommandError(str(no), returncode=2) from no
        mend: list[Path] = []
        folder = settings.HOME / "imports"
        if not options["dry_run"]:
            mend = write_leftovers(paths=files, recipe=recipe, tally=tally, folder=folder)
        if options["format"] == "json":
            data = tally.data() | {"mend": [str(path) for path in mend]}
            self.stdout.write(json.dumps(data, indent=1))
        else:
            self._say(tally, mend, is_dry=options["dry_run"])
        sys.exit(SOME_FAILED if tally.bad_lines else 0)

    def _everything(self, path: Path, *, is_dry: bool) -> None:
        """What baton export has written, into an empty installation."""
        if is_dry:
            raise CommandError("A file of everything is taken whole or not at all.", returncode=2)
        try:
            rows = load_everything(path=path, at=timezone.now())
        except Unusable as no:
            raise CommandError(str(no), returncode=2) from no
        self.stdout.write(
            f"{rows:,} rows are in. The installation is disarmed: baton restore --arm lets it mail "
            "and ring again. Who could sign in before still can; give others a password."
        )

    def _recipe(self, path: Path | None, files: Sequence[Path], zone: str) -> Recipe:
        return read_recipe(path, zone=zone or "UTC") if path else recipe_for(files, zone=zone)

    def _say(self, tally: Tally, mend: list[Path], *, is_dry: bool) -> None:
        for kind, counts in tally.by_object().items():
            words = ", ".join(f"{counts[status]:,} {status}" for status in STATUSES)
            self.stdout.write(f"{kind:10} {words}")
        if tally.skipped:
            self.stdout.write(f"{len(tally.skipped):,} lines left out: sums, notes, deleted rows.")
        for error in tally.data()["errors"][:20]:
            column = f", {error['column']}" if error["column"] else ""
            self.stdout.write(f"{error['file']}, line {error['line']}{column}: {error['message']}")
        if len(tally.errors) > 20:
            self.stdout.write(f"... and {len(tally.errors) - 20} more")
        for path in mend:
            self.stdout.write(f"Mend {path} and import it again.")
        if is_dry:
            self.stdout.write("This was a dry run: nothing was written.")
