"""What the models beside the main one say of people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from baton.core.bulk import one_of, row_maker
from baton.qualification.scoring.models import ScoreModel, Standing
from baton.qualification.scoring.queries import NOTHING, SidesByModel, is_member
from baton.qualification.scoring.rules.grading import grade_of

CHUNK = 500
SHOWN = ("fit", "engagement", "score", "grade")
_new_standing = row_maker(Standing)


class Shown(NamedTuple):
    """What is asked of a person whose figures may have moved: columns, in this order."""

    pk: int
    company_id: int | None
    persona: str
    fit: int
    engagement: int
    score: int
    grade: str


def show_beside(
    *,
    people: Collection[Shown],
    sides: Mapping[int, SidesByModel],
    models: Sequence[ScoreModel],
    at: datetime,
) -> None:
    """Write the standings that moved; who belongs to a model no more has none."""
    if not models or not people:
        return
    rows = Standing.objects.filter(model__in=models, person__in=one_of(one.pk for one in people))
    had = {(row.model_id, row.person_id): row for row in rows}
    moved: list[Standing] = []
    for model in models:
        for person in people:
            if not is_member(person.persona, model=model):
                continue
            former = had.pop((model.pk, person.pk), None)
            found = _standing(person.pk, model=model, sides=sides[person.pk], at=at)
            if former is None or _figures(former) != _figures(found):
                moved.append(found)
    Standing.objects.filter(pk__in=[row.pk for row in had.values()]).delete()
    Standing.objects.bulk_create(
        moved,
        update_conflicts=True,
        unique_fields=["model", "person"],
        update_fields=SHOWN,
        batch_size=CHUNK,
    )


def _standing(person_id: int, *, model: ScoreModel, sides: SidesByModel, at: datetime) -> Standing:
    found = sides.get(model.pk, NOTHING).figures(at=at)
    return _new_standing(
        model_id=model.pk,
        person_id=person_id,
        fit=found.fit,
        engagement=found.engagement,
        score=found.score,
        grade=grade_of(fit=found.fit, engagement=found.engagement, bands=model.bands),
    )


def _figures(row: Standing) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in SHOWN)
