from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.core.demo import actions
from baton.core.errors import RuleViolation


class Command(BaseCommand):
    help = "Add the demo company's story to look around in, or take all of it away again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remove", action="store_true", help="Delete all that the demo brought."
        )
        parser.add_argument(
            "--seed", type=int, default=7, help="The same seed tells the same story."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            count = actions.remove_story()
            self.stdout.write(f"The demo is gone: {count} records and all that hung on them.")
            return
        try:
            story = actions.tell_story(at=timezone.now(), seed=options["seed"])
        except RuleViolation as no:
            raise CommandError(str(no), returncode=2) from no
        self.stdout.write(f"The demo company is here: {len(story.roots)} records.")
