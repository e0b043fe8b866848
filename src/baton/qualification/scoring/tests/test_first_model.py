"""What the migration to models leaves as it was."""

from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import connection

from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    an_engagement_rule,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
migration = import_module("baton.qualification.scoring.migrations.0004_first_model")


@pytest.mark.usefixtures("company")
@time_machine.travel(AT, tick=False)
def test_rules_that_there_were_become_one_model_and_scores_stay(run_background):
    an_engagement_rule(points=30)
    a_fit_rule(points=20)
    person, other = a_person(job_title="Head of plants"), a_person()
    a_form_sent(person)
    run_background()
    Person.objects.update(grade="D4")
    parts = list(ScoreRule.objects.order_by("pk").values_list("pk", "parts__value"))
    with connection.cursor() as cursor:  # as it was: no model, and no rule of one
        cursor.execute("UPDATE scoring_scoremodel SET is_main = %s, state = 'retired'", [False])

    migration.make_first_model(apps, None)

    model = ScoreModel.objects.get(state="live")
    assert (model.name, model.about, model.is_main) == ("Everybody", "person", True)
    assert set(ScoreRule.objects.values_list("model", flat=True)) == {model.pk}
    assert list(ScoreRule.objects.order_by("pk").values_list("pk", "parts__value")) == parts
    now = dict(Person.objects.values_list("pk", "grade"))
    assert (now, Person.objects.get(pk=person.pk).score) == ({person.pk: "B2", other.pk: "D4"}, 50)


def test_empty_house_gets_no_model():
    migration.make_first_model(apps, None)

    assert not ScoreModel.objects.exists()
