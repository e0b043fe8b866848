"""The rules that there were become the first model, the one that the agreement asks; every score
stays what it was, and gets its grade."""

from typing import Any

from django.db import migrations
from django.db.models import Case, Value, When
from django.db.models.functions import Concat

FIT, ENGAGEMENT = (30, 20, 10), (50, 25, 10)


def make_first_model(apps: Any, schema_editor: Any) -> None:
    """A company that is set up has its model, with or without rules; an empty house none."""
    rules = apps.get_model("scoring", "ScoreRule").objects.all()
    if rules.exists():
        model = apps.get_model("scoring", "ScoreModel").objects.create(
            name="Everybody",
            about="person",
            state="live",
            is_main=True,
            fit_bands=list(FIT),
            engagement_bands=list(ENGAGEMENT),
        )
        rules.update(model=model)
    people = apps.get_model("people", "Person").objects.exclude(fit=0, engagement=0)
    people.update(grade=Concat(_band("fit", FIT, "ABCD"), _band("engagement", ENGAGEMENT, "1234")))


def _band(name: str, least: tuple[int, ...], marks: str) -> Case:
    steps = [
        When(**{f"{name}__gte": one}, then=Value(mark))
        for one, mark in zip(least, marks, strict=False)
    ]
    return Case(*steps, default=Value(marks[-1]))


class Migration(migrations.Migration):
    dependencies = [("scoring", "0003_score_models"), ("people", "0009_grades")]
    operations = [migrations.RunPython(make_first_model, migrations.RunPython.noop, elidable=True)]
