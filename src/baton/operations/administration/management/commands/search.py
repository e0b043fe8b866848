import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from baton.core.search.indexes import indexes
from baton.core.search.keeping import count_wrong, lacks_triggers, make_anew


class Command(BaseCommand):
    help = "Whether the index of search says what is true; --anew makes it from the records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="Make it anew, while others work.")

    def handle(self, *args: Any, **options: Any) -> None:
        is_right = True
        for index in indexes:
            if options["anew"]:
                make_anew(index)
            wrong, is_kept = count_wrong(index), not lacks_triggers(index)
            self.stdout.write(f"{index.record}: {self._state(wrong, is_kept=is_kept)}")
            is_right &= is_kept and not wrong
        sys.exit(0 if is_right else 1)

    def _state(self, wrong: int, *, is_kept: bool) -> str:
        if not is_kept:
            return "not kept up to date. Run baton search --anew"
        return f"wrong about {wrong:,}. Run baton search --anew" if wrong else "right"
