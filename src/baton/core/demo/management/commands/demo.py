from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.core.demo import actions
from baton.core.demo.progress import Line
from baton.core.demo.rules import USUAL
from baton.core.errors import RuleViolation


class Command(BaseCommand):
    help = "Add a year of the demo company to look around in, or take all of it away again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remove", action="store_true", help="Delete all that the demo brought."
        )
        parser.add_argument(
            "--people",
            type=int,
            default=USUAL,
            metavar="N",
            help=f"How many come in the year ({USUAL:,}); 0 tells of its sixty main people only.",
        )
        parser.add_argument(
            "--seed", type=int, default=7, help="The same seed tells the same story."
        )
        parser.add_argument(
            "--no-catching-up",
            action="store_true",
            help="Leave scores, personas and latest touches to the worker.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] < 0:
            raise CommandError("--people needs a number, 0 or more.", returncode=2)
        if options["remove"]:
            self._remove()
            return
        try:
            is_heard = bool(options["people"]) and not options["no_catching_up"]
            self._tell(people=options["people"], seed=options["seed"], is_heard=is_heard)
            if is_heard:
                self._catch_up()
        except RuleViolation as no:
            raise CommandError(str(no), returncode=2) from no

    def _tell(self, *, people: int, seed: int, is_heard: bool) -> None:
        at, hearing = timezone.now(), actions.heard_along if is_heard else nullcontext
        if not people:
            story = actions.tell_story(at=at, seed=seed)
        else:
            line = Line(self.stdout, "people", of=people)
            try:
                story = actions.tell_year(
                    at=at, people=people, seed=seed, told=line.say, hearing=hearing
                )
            except KeyboardInterrupt as stop:
                raise _stopped("The people told so far are whole.") from stop
            line.end()
        self.stdout.write(f"The demo company is here: {story.count:,} records.")

    def _catch_up(self) -> None:
        line = Line(self.stdout, "facts heard", of=0)
        try:
            actions.catch_up(told=lambda standing: line.say(standing.heard, of=standing.of))
        except KeyboardInterrupt as stop:
            raise _stopped("The worker goes on with scores, personas and touches.") from stop
        line.end()

    def _remove(self) -> None:
        line = Line(self.stdout, "records", of=0)
        count = actions.remove_story(told=lambda gone, of: line.say(gone, of=of))
        line.end()
        self.stdout.write(f"The demo is gone: {count:,} records and all that hung on them.")


def _stopped(says: str) -> CommandError:
    return CommandError(f"Stopped. {says} Take them away with: baton demo --remove", returncode=130)
