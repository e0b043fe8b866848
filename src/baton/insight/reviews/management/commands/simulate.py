import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.core.demo.progress import Line
from baton.core.demo.rules import USUAL
from baton.core.errors import RuleViolation
from baton.insight.reviews.simulating import Seen, simulate


class Command(BaseCommand):
    help = (
        "Fill an empty installation with a year in which one campaign's leads turn bad and one rep"
        " becomes slow, and say in which week's review that stood. Ends with 3 where it did not"
        " stand in that very week's."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=7, help="The same seed, the same year.")
        parser.add_argument(
            "--people", type=int, default=USUAL, metavar="N", help="How many come in the year."
        )
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] < 1:
            raise CommandError("--people needs a number, 1 or more.", returncode=2)
        seen = self._simulate(people=options["people"], seed=options["seed"])
        if options["format"] == "json":
            rows = [asdict(one) | {"is_at_once": one.is_at_once} for one in seen]
            told = {"seed": options["seed"], "people": options["people"], "planted": rows}
            self.stdout.write(json.dumps(told, default=str, indent=2))
        else:
            self.stdout.write("\n".join(map(_line, seen)))
        if not all(one.is_at_once for one in seen):
            raise SystemExit(3)

    def _simulate(self, *, people: int, seed: int) -> list[Seen]:
        line = Line(self.stderr, "people", of=people)
        try:
            seen = simulate(at=timezone.now(), people=people, seed=seed, told=line.say)
        except RuleViolation as no:
            raise CommandError(str(no), returncode=2) from no
        except KeyboardInterrupt as stop:
            says = "Stopped. Take away what was told so far with: baton demo --remove"
            raise CommandError(says, returncode=130) from stop
        line.end()
        return seen


def _line(seen: Seen) -> str:
    begun = f"{seen.name}, {'bad' if seen.what == 'campaign' else 'slow'} from {seen.since} on"
    if seen.week is None:
        return f"{begun}: in no review of the six weeks after."
    return f"{begun}: in the review of the week of {seen.week}. {seen.words}"
