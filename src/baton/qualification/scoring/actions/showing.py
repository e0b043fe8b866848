"""Show the figures on people, and say when they moved."""

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.core.bulk import update_rows
from baton.core.facts import Fact, Origin, caused_by, origin, publish, publish_many
from baton.qualification.scoring.actions.beside import show_beside
from baton.qualification.scoring.events import ScoreChanged
from baton.qualification.scoring.models import ScoreModel, ScoreState
from baton.qualification.scoring.queries import (
    PartsByModel,
    all_parts_of,
    as_parts,
    figures_from,
    live_models,
)
from baton.qualification.scoring.rules import Kind, next_move
from baton.qualification.scoring.rules.grading import grade_of
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
    parts, models = all_parts_of(by_person), live_models()
    main = next((model for model in models if model.is_main), None)
    changed: list[ScoreChanged] = []
    people_here = list(Person.objects.filter(pk__in=by_person).order_by("pk"))
    for person in people_here:
        mine = parts[person.pk]
        by_person[person.pk].look_again(_next_look(mine, at=at))
        if main and (fact := _moved(person, mine, model=main, at=at, is_fading=is_fading)):
            changed.append(fact)
    moved_on = {
        state.pk: {"position": state.position, "recheck_at": state.recheck_at}
        for state in states
        if state.is_changed
    }
    update_rows(ScoreState, moved_on, fields=["position", "recheck_at"])
    people.show_many({fact.person_id or 0: _shown(fact) for fact in changed})
    show_beside(
        people=people_here,
        parts=parts,
        models=[model for model in models if not model.is_main],
        at=at,
    )
    _publish(changed, causes=causes or {})
    return len(changed)


def _next_look(parts: PartsByModel, *, at: datetime) -> datetime | None:
    """When fading may move a figure of any model."""
    looks = (next_move(as_parts(rows, kind=Kind.ENGAGEMENT), at=at) for rows in parts.values())
    return min((look for look in looks if look), default=None)


def _moved(
    person: Person, parts: PartsByModel, *, model: ScoreModel, at: datetime, is_fading: bool
) -> ScoreChanged | None:
    to = figures_from(parts.get(model.pk, ()), at=at)
    grade = grade_of(fit=to.fit, engagement=to.engagement, bands=model.bands)
    now = (person.fit, person.engagement, person.score, person.grade)
    if (to.fit, to.engagement, to.score, grade) == now:
        return None
    return ScoreChanged(
        happened_at=at,
        person_id=person.pk,
        company_id=person.company_id,
        fit=to.fit,
        engagement=to.engagement,
        score=to.score,
        former_score=person.score,
        grade=grade,
        former_grade=person.grade,
        is_fading=is_fading,
    )


def _shown(fact: ScoreChanged) -> dict[str, Any]:
    names = ("fit", "engagement", "score", "grade")
    return {name: getattr(fact, name) for name in names}


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
