"""Show the figures on people, and say when they moved."""

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from datetime import datetime

from django.db import transaction

from baton.core.bulk import update_rows
from baton.core.facts import Fact, Origin, caused_by, origin, publish, publish_many
from baton.qualification.scoring.events import ScoreChanged
from baton.qualification.scoring.models import ScoreState
from baton.qualification.scoring.queries import as_parts, figures_from, parts_of
from baton.qualification.scoring.rules import Figures, Kind, next_move
from baton.records.people import actions as people
from baton.records.people.models import Person


def lock_states(person_ids: Collection[int]) -> dict[int, ScoreState]:
    """One writer a person: a fold, an edit of the rules and a refresh may meet."""
    ScoreState.objects.bulk_create(
        (ScoreState(person_id=pk) for pk in sorted(person_ids)), ignore_conflicts=True
    )
    rows = ScoreState.objects.select_for_update().filter(person_id__in=person_ids)
    return {row.person_id: row for row in rows.order_by("person_id")}


@transaction.atomic
def show_scores(
    *,
    states: Collection[ScoreState],
    at: datetime,
    causes: Mapping[int, Fact] | None = None,
    is_fading: bool = False,
) -> int:
    """Write the figures that moved onto their people, with a fact for each; returns how many.

    ``states`` are locked by the caller. ``causes``: by person the fact that moved the score.
    """
    by_person = {state.person_id: state for state in states}
    parts = parts_of(by_person)
    changed: list[ScoreChanged] = []
    for person in Person.objects.filter(pk__in=by_person).order_by("pk"):
        rows = parts[person.pk]
        recheck_at = next_move(as_parts(rows, kind=Kind.ENGAGEMENT), at=at)
        by_person[person.pk].look_again(recheck_at)
        if fact := _moved(person, to=figures_from(rows, at=at), at=at, is_fading=is_fading):
            changed.append(fact)
    moved_on = {
        state.pk: {"position": state.position, "recheck_at": state.recheck_at}
        for state in states
        if state.is_changed
    }
    update_rows(ScoreState, moved_on, fields=["position", "recheck_at"])
    people.show_many({fact.person_id or 0: _shown(fact) for fact in changed})
    _publish(changed, causes=causes or {})
    return len(changed)


def _moved(person: Person, *, to: Figures, at: datetime, is_fading: bool) -> ScoreChanged | None:
    if (to.fit, to.engagement, to.score) == (person.fit, person.engagement, person.score):
        return None
    return ScoreChanged(
        happened_at=at,
        person_id=person.pk,
        company_id=person.company_id,
        fit=to.fit,
        engagement=to.engagement,
        score=to.score,
        former_score=person.score,
        is_fading=is_fading,
    )


def _shown(fact: ScoreChanged) -> dict[str, int]:
    return {"fit": fact.fit, "engagement": fact.engagement, "score": fact.score}


def _publish(changed: list[ScoreChanged], *, causes: Mapping[int, Fact]) -> None:
    """A live cause is named one by one; of thousands of imported ones only the way they came."""
    crowds: dict[tuple[Origin, object], list[ScoreChanged]] = {}
    for fact in changed:
        cause = causes.get(fact.person_id or 0)
        if cause is None or cause.origin is Origin.LIVE:
            with caused_by(cause) if cause else nullcontext():
                publish(fact)
        else:
            crowds.setdefault((cause.origin, cause.batch), []).append(fact)
    for (came_by, _batch), facts in crowds.items():
        cause = causes[facts[0].person_id or 0]
        with origin(came_by, batch=cause.batch):
            publish_many(facts)


@transaction.atomic
def refresh_faded(*, at: datetime, limit: int = 300) -> int:
    """Show again whose figure has faded by now, so many at most; returns how many it was."""
    due = ScoreState.objects.filter(recheck_at__lte=at).order_by("recheck_at", "pk")
    states = lock_states(list(due.values_list("person_id", flat=True)[:limit]))
    show_scores(states=states.values(), at=at, is_fading=True)
    return len(states)
