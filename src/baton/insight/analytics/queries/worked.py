"""What the statements of last year are put together from."""

from collections.abc import Mapping
from itertools import product

from baton.insight.analytics.rules.last_year import BANDS, OF_HOURS, SLOTS
from baton.insight.lake.queries import Kind, Relation
from baton.records.people.models import Identity
from baton.records.timeline.models import Activity
from baton.records.timeline.rules import OUTCOMES, Direction, touch_of

CREATED, CHANGED = "person.created", "person.changed"
NOT_SEEN = "id NOT IN (SELECT person_id FROM undated)"
CHOSEN = "id IN (SELECT person_id FROM arrived)"
# What leads are grouped by -> the group of one.
AXES: Mapping[str, str] = {
    "source": "source",
    "rep": "rep",
    "speed": "CASE {} END".format(
        " ".join(f"WHEN slot = '{slot}' THEN '{band}'" for band in BANDS for slot in BANDS[band])
    ),
    "slot": "slot",
}
LAST_YEAR_GROUPS = ("source", "rep", "speed")
# figure -> what is true of its people
LAST_YEAR_FIGURES: Mapping[str, str] = {
    "leads": "1 = 1",
    "untouched": "slot = 'never'",
    "timed": "days IS NOT NULL",
    "won": "is_won",
    "closed": "(is_won OR is_lost)",
    "revenue": "revenue IS NOT NULL",
}


def _is_ours() -> str:
    """Which activities turn to somebody: attempts and first responses, as the clocks have them."""
    ours = {
        f"(activities.outcome = '{outcome}' AND activities.direction = '{direction}')"
        for kind, outcomes in OUTCOMES.items()
        for outcome, direction in product(outcomes, Direction)
        if touch_of(kind, outcome=outcome, direction=direction) != "theirs"
    }
    return f"({' OR '.join(sorted(ours))})"


def _slots() -> str:
    """Cases that name a wait, the shortest first."""
    cases = []
    for slot, end in SLOTS.items():
        hours = "told.is_hours AND " if slot in OF_HOURS else ""
        cases.append(
            f"ELSE '{slot}'" if end is None else f"WHEN {hours}told.wait < {end} THEN '{slot}'"
        )
    return " ".join(cases)


def _is_date(moment: str) -> str:
    """Whether it is a date without a time of day: midnight, as files are read."""
    local = f"TIMEZONE(:zone, TIMEZONE('UTC', {moment}))"
    return f"(CAST({moment} AS TIME) = TIME '00:00:00' OR CAST({local} AS TIME) = TIME '00:00:00')"


def _day(moment: str) -> str:
    """The company's day; a date that was read as UTC's is the day that was written."""
    local = f"TIMEZONE(:zone, TIMEZONE('UTC', {moment}))"
    is_utc = f"CAST({moment} AS TIME) = TIME '00:00:00'"
    return f"CAST(CASE WHEN {is_utc} THEN {moment} ELSE {local} END AS DATE)"


PARTS = {
    "is_ours": _is_ours(),
    "slot": _slots(),
    "lead_is_date": _is_date("people.lead_at"),
    "came_is_date": _is_date("one.lead_at"),
    "done_is_date": _is_date("activities.done_at"),
    "lead_day": _day("people.lead_at"),
    "made_day": _day("made.made_at"),
    "done_day": _day("activities.done_at"),
}

ARRIVALS = {"person_id": Kind.INTEGER, "name": Kind.TEXT, "happened_at": Kind.MOMENT}
# What was done was done, whoever may see it.
BESIDE: Mapping[str, Relation] = {
    "former_ids": Relation(
        lambda _eyes: Identity.objects.order_by(),
        {"old_id": Kind.INTEGER, "person_id": Kind.INTEGER},
        days={},
        paths={},
    ),
    "activities": Relation(
        lambda _eyes: Activity.objects.filter(deleted_at=None).order_by(),
        {
            "person_id": Kind.INTEGER,
            "deal_id": Kind.INTEGER,
            "outcome": Kind.TEXT,
            "direction": Kind.TEXT,
            "done_at": Kind.MOMENT,
        },
        days={},
        paths={"done_at": "at"},
    ),
}
