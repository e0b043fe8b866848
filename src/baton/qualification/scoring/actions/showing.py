"""Show the figures on people, and say when they moved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.core.facts import Fact, Origin, origin, publish_many
from baton.core.prepared import Prepared
from baton.qualification.scoring.actions.beside import Shown, show_beside
from baton.qualification.scoring.actions.states import Held, lock_states, write_states
from baton.qualification.scoring.events import ScoreChanged
from baton.qualification.scoring.models import ScoreModel, ScoreRule, ScoreState
from baton.qualification.scoring.queries import (
    NOTHING,
    SidesByModel,
    Tallies,
    counting_rules,
    live_models,
    sides_of,
    stored_tallies,
)
from baton.qualification.scoring.rules import next_move
from baton.qualification.scoring.rules.grading import grade_of
from baton.records.people import actions as people
from baton.records.people.models import Person

_SHOWN: Prepared[tuple[Any, ...]] = Prepared(
    lambda people: Person.objects.filter(pk__in=people).order_by("pk").values_list(*Shown._fields)
)


@transaction.atomic
def show_scores(
    *,
    states: Mapping[int, Held],
    tallies: Tallies,
    rules: Mapping[int, ScoreRule],
    at: datetime,
    causes: Mapping[int, Fact] | None = None,
    is_fading: bool = False,
) -> int:
    """Write the figures that moved onto their people, with a fact for each; returns how many.

    ``states`` are locked by the caller, who knows what these people have by these ``rules``.
    ``causes``: by person the fact that moved the score.
    """
    sides, models = sides_of(states, tallies=tallies, rules=rules), live_models()
    main = next((model for model in models if model.is_main), None)
    changed: list[ScoreChanged] = []
    people_here = [Shown(*row) for row in _SHOWN.rows(people=list(states))]
    for person in people_here:
        mine = sides[person.pk]
        states[person.pk].look_again(_next_look(mine, at=at))
        if main and (fact := _moved(person, mine, model=main, at=at, is_fading=is_fading)):
            changed.append(fact)
    write_states(states.values())
    people.show_many({fact.person_id or 0: _shown(fact) for fact in changed})
    beside = [model for model in models if not model.is_main]
    show_beside(people=people_here, sides=sides, models=beside, at=at)
    _publish(changed, causes=causes or {})
    return len(changed)


def _next_look(sides: SidesByModel, *, at: datetime) -> datetime | None:
    """When fading may move a figure of any model."""
    looks = (next_move(mine.engagement, at=at) for mine in sides.values())
    return min((look for look in looks if look), default=None)


def _moved(
    person: Shown, sides: SidesByModel, *, model: ScoreModel, at: datetime, is_fading: bool
) -> ScoreChanged | None:
    to = sides.get(model.pk, NOTHING).figures(at=at)
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
    """A live cause is named; of thousands of imported ones only the way they came."""
    live: list[tuple[ScoreChanged, Fact | None]] = []
    crowds: dict[tuple[Origin, object], list[ScoreChanged]] = {}
    for fact in changed:
        cause = causes.get(fact.person_id or 0)
        if cause is None or cause.origin is Origin.LIVE:
            live.append((fact, cause))
        else:
            crowds.setdefault((cause.origin, cause.batch), []).append(fact)
    publish_many([fact for fact, _ in live], causes=[cause for _, cause in live])
    for (came_by, _batch), facts in crowds.items():
        cause = causes[facts[0].person_id or 0]
        with origin(came_by, batch=cause.batch):
            publish_many(facts)


@transaction.atomic
def refresh_faded(*, at: datetime, limit: int = 300) -> int:
    """Show again whose figure has faded by now, so many at most; returns how many it was."""
    due = ScoreState.objects.filter(recheck_at__lte=at).order_by("recheck_at", "pk")
    states = lock_states(list(due.values_list("person_id", flat=True)[:limit]))
    rules = counting_rules()
    tallies = stored_tallies(states, rules=rules)
    show_scores(states=states, tallies=tallies, rules=rules, at=at, is_fading=True)
    return len(states)
