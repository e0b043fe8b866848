"""What the models beside the main one say of people."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from baton.core.bulk import row_maker
from baton.qualification.scoring.models import ScoreModel, Standing
from baton.qualification.scoring.queries import PartsByModel, figures_from, is_member
from baton.qualification.scoring.rules.grading import grade_of
from baton.records.people.models import Person

CHUNK = 500
SHOWN = ("fit", "engagement", "score", "grade")
_new_standing = row_maker(Standing)


def show_beside(
    *,
    people: Sequence[Person],
    parts: Mapping[int, PartsByModel],
    models: Sequence[ScoreModel],
    at: datetime,
) -> None:
    """Write the standings that moved; who belongs to a model no more has none."""
    if not models:
        return
    rows = Standing.objects.filter(model__in=models, person__in=people)
    had = {(row.model_id, row.person_id): row for row in rows}
    moved: list[Standing] = []
    for model in models:
        for person in people:
            if not is_member(person, model=model):
                continue
            former = had.pop((model.pk, person.pk), None)
            found = _standing(person, model=model, parts=parts[person.pk], at=at)
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


def _standing(person: Person, *, model: ScoreModel, parts: PartsByModel, at: datetime) -> Standing:
    found = figures_from(parts.get(model.pk, ()), at=at)
    return _new_standing(
        model_id=model.pk,
        person_id=person.pk,
        fit=found.fit,
        engagement=found.engagement,
        score=found.score,
        grade=grade_of(fit=found.fit, engagement=found.engagement, bands=model.bands),
    )


def _figures(row: Standing) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in SHOWN)
