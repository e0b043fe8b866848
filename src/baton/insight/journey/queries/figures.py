"""How many are in a stage, came, went on, how long they took; and who they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.insight.analytics.queries.running import run, subquery
from baton.insight.journey.permissions import VIEW_JOURNEY
from baton.insight.journey.rules import MAPPED, Code, Figures, Spot
from baton.records.audience.models import Persona
from baton.records.people.models import Person

FOLDER = Path(__file__).parents[1] / "sql"  # an absolute path: read from here, not from theirs
# figure -> which stays it counts
COUNTED: Mapping[str, str] = {
    "here": "left_at IS NULL",
    "entered": "is_new = 1",
    "gone": "is_over = 1",
    "went_on": "is_new = 1 AND went_on = 1",
    "timed": "is_over = 1 AND days >= 0",
    "long": "left_at IS NULL AND DAYS(entered_at, :now) > middle.slow_days",
}
NUMBERS = ("here", "entered", "gone", "went_on", "still", "long", "timed")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose people, of which persona, in which period; ``now`` ends stays that go on."""

    user: User
    since: datetime
    until: datetime
    now: datetime
    persona: Persona | None = None

    def people(self) -> QuerySet[Person]:
        rows = Person.objects.visible_to(self.user, VIEW_JOURNEY)
        return rows.filter(persona=self.persona.name) if self.persona else rows

    def terms(self, drawn: Sequence[Spot], **fragments: str) -> dict[str, Any]:
        """What the files are composed of."""
        stays = (FOLDER / "stays.sql").read_text(encoding="utf-8")
        body = "\n".join(line for line in stays.splitlines() if not line.startswith("--"))
        return {
            "fragments": {"stays": body, "spot": _spot(drawn), **fragments},
            "bounds": {"visible": self.people().order_by().values("id")},
        }

    def values(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until, "now": self.now}


def _spot(drawn: Sequence[Spot]) -> str:
    """The place of a lifecycle stage on the map, as SQL: of words that we know alone."""
    known = frozenset(stage.value for stage in MAPPED)
    cases = [
        f"WHEN '{stage}' THEN {place}"
        for place, spot in enumerate(drawn)
        for stage in spot.stages
        if stage in known
    ]
    return f"CASE change.to_stage {' '.join(cases)} ELSE -1 END" if cases else "-1"


def figures_of(asked: Asked, drawn: Sequence[Spot]) -> dict[Code, Figures]:
    """Of all stages, by one query."""
    rows = run(str(FOLDER / "figures"), values=asked.values(), **asked.terms(drawn))
    found = {row["spot"]: row for row in rows}
    return {spot.code: _figures(found.get(place)) for place, spot in enumerate(drawn)}


def _figures(row: Mapping[str, Any] | None) -> Figures:
    if row is None:
        return Figures()
    numbers = {name: row[name] or 0 for name in NUMBERS}
    times: dict[str, Any] = {
        name: None if row[name] is None else float(row[name])
        for name in ("median_days", "slow_days")
    }
    return Figures(**numbers, **times)


def people_behind(figure: str, code: Code, asked: Asked, drawn: Sequence[Spot]) -> QuerySet[Person]:
    """Those whom the figure counts. Raises KeyError for one that is none."""
    terms = asked.terms(drawn, counted=COUNTED[figure])
    place = [spot.code for spot in drawn].index(code)
    values = asked.values() | {"asked": place}
    return asked.people().filter(pk__in=subquery(str(FOLDER / "behind"), values=values, **terms))
