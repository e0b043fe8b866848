"""Who is scored now, by one writer at a time; and how far each of them was counted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from baton.core.columns import insert_columns, update_columns
from baton.core.prepared import Prepared
from baton.qualification.scoring.models import ScoreState

_THERE = Prepared(lambda people: ScoreState.objects.filter(person_id__in=people).values("pk"))
_LOCKED: Prepared[tuple[int, int, int, datetime | None]] = Prepared(
    lambda people: (
        ScoreState.objects.filter(person_id__in=people)
        .select_for_update()
        .order_by("person_id")
        .values_list("pk", "person_id", "position", "recheck_at")
    )
)
_PEOPLE: Prepared[int] = Prepared(
    lambda people: ScoreState.objects.filter(person_id__in=people).values_list(
        "person_id", flat=True
    )
)


@dataclass(slots=True)
class Held:
    """The state of one person, as a row that is locked. Of thousands only few are written."""

    pk: int
    position: int
    recheck_at: datetime | None
    is_changed: bool = False  # since it was read

    def move_to(self, position: int) -> None:
        """Never back: what was counted stays counted."""
        if position > self.position:
            self.position, self.is_changed = position, True

    def look_again(self, at: datetime | None) -> None:
        if at != self.recheck_at:
            self.recheck_at, self.is_changed = at, True


def lock_states(person_ids: Collection[int]) -> dict[int, Held]:
    """One writer a person: a fold, an edit of the rules and a refresh may meet."""
    if not person_ids:
        return {}
    ids = sorted(set(person_ids))
    if _THERE.count(people=ids) < len(ids):
        missing = sorted(set(ids) - set(_PEOPLE.rows(people=ids)))
        insert_columns(ScoreState, {"person_id": missing}, count=len(missing), keeps_known=True)
    rows = _LOCKED.rows(people=ids)
    return {person: Held(pk, position, recheck) for pk, person, position, recheck in rows}


def write_states(states: Iterable[Held]) -> None:
    """Those that moved on since they were read."""
    moved = [state for state in states if state.is_changed]
    update_columns(
        ScoreState,
        [state.pk for state in moved],
        {
            "position": [state.position for state in moved],
            "recheck_at": [state.recheck_at for state in moved],
        },
    )
