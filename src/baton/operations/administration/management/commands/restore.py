from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.core.errors import RuleViolation
from baton.core.settings.actions import arm
from baton.core.settings.models import Organisation
from baton.operations.administration import actions


class Command(BaseCommand):
    help = "Bring an empty installation to the state of a backup; it sends nothing until armed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--arm", action="store_true", help="Let this copy send and ring again.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["arm"]:
            if not Organisation.objects.filter(pk=1).exists():
                raise CommandError("There is nothing to arm: no company yet.", returncode=2)
            arm(is_armed=True)
            self.stdout.write("Armed: clocks ring and mail leaves again.")
            return
        if options["file"] is None:
            raise CommandError("Name the backup: baton restore FILE", returncode=2)
        try:
            manifest = actions.restore(
                path=options["file"], say=self.stdout.write, at=timezone.now()
            )
        except RuleViolation as no:
            raise CommandError(str(no), returncode=2) from no
        self.stdout.write(
            f"{sum(manifest['rows'].values()):,} rows are back. This copy is disarmed: no clock "
            "rings and nothing is sent until you run  baton restore --arm"
        )
