from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from baton.core.errors import in_short
from baton.core.jobs.care import dead_letters, forget, ring_again


class Command(BaseCommand):
    help = "Jobs that have failed for good, and why; --retry rings them again."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--retry", nargs="?", const="", metavar="TASK", help="All, or those of one task."
        )
        choice.add_argument("--forget", metavar="TASK", help="Delete those of one task.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"] is not None:
            count = ring_again(task=options["retry"])
            self.stdout.write(f"{count} jobs are due again; a worker takes them.")
        elif options["forget"]:
            self.stdout.write(f"{forget(task=options['forget'])} jobs are forgotten.")
        else:
            self._list()

    def _list(self) -> None:
        found = dead_letters()
        for letters in found:
            self.stdout.write(f"{letters.task}\n    failed for good {letters.count}")
            latest = f"{letters.latest_at:%Y-%m-%d %H:%M} UTC, {in_short(letters.error)}"
            self.stdout.write(f"    the latest {latest}")
        if not found:
            self.stdout.write("No job has failed for good.")
