from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.insight.lake import actions
from baton.insight.lake.queries import STREAMS, State, states


class Command(BaseCommand):
    help = "How the lake stands: files, rows, what waits. Or seal, check, make anew now."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--seal", action="store_true", help="What waits becomes files now.")
        choice.add_argument(
            "--check", action="store_true", help="Read all files; make anew what is damaged."
        )
        choice.add_argument("--anew", action="store_true", help="Make everything anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["anew"]:
                for name in STREAMS:
                    actions.forget(name, at=timezone.now())
            if options["check"]:
                self._check()
            if options["seal"] or options["anew"]:
                actions.bring_up_to_date(now=timezone.now)
        except actions.LakeUnwritable as full:
            raise CommandError(str(full)) from full
        for state in states():
            self._print(state)

    def _check(self) -> None:
        for state in states(is_thorough=True):
            for wrong in state.broken:
                self.stdout.write(f"{wrong}: it is made anew from the log.")
            actions.mend(state.name, at=timezone.now(), is_thorough=True)

    def _print(self, state: State) -> None:
        self.stdout.write(
            f"{state.name}: {state.rows:,} rows in {state.files} files, {state.size / 1e6:.1f} MB; "
            f"{state.waiting:,} rows wait in the log"
        )
        for wrong in state.broken:
            self.stdout.write(f"    {wrong}")
