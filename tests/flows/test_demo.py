"""The demo comes and goes without a trace."""

from datetime import UTC, datetime

import pytest
from django.apps import apps

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.demo.actions import AlreadyTold, remove_story, tell_story
from baton.core.facts.models import FactRecord
from baton.operations.administration.actions import set_up
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.sales.deals.models import Deal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOT_DATA = {"core.Cursor", "core.Job", "core.Firing", "sessions.Session"}


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def counts():
    """Rows by table. The company's own pools keep the history of who was in them."""
    rows = {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label not in NOT_DATA and model._meta.managed
    }
    rows["changes.Change"] -= Change.objects.filter(object_type="pool").count()
    return rows


def test_demo_fills_every_corner_and_leaves_no_trace(home, run_background):
    set_up(admin_email="ada@fennmark.example", password=None, at=AT)
    mine = a_person()
    run_background()
    before = counts()

    tell_story(at=AT)
    run_background()
    told = counts()
    remove_story()
    run_background()

    after = counts()
    left = {label: (before[label], n) for label, n in after.items() if n != before[label]}
    assert left == {}
    assert list(Person.objects.all()) == [mine]
    empty = {label for label, count in told.items() if not count and label.count(".") == 1}
    assert {label for label in empty if label.split(".")[0] in {"people", "deals", "handoff"}} <= {
        "people.Identity",
        "people.CompanyExternalId",
        "people.PersonExternalId",
        "deals.DealExternalId",
        "handoff.RoutingRule",
    }


def test_what_people_add_to_the_demo_goes_with_it_and_their_own_stays(home, run_background):
    set_up(admin_email="ada@fennmark.example", password=None, at=AT)
    story = tell_story(at=AT)
    run_background()
    teo = User.objects.get(email="teo@fennmark.example")
    own = a_person(owner=teo, full_name="Real buyer")

    remove_story()

    assert list(Person.objects.values_list("full_name", flat=True)) == ["Real buyer"]
    own.refresh_from_db()
    assert Deal.objects.count() == 0
    assert not FactRecord.objects.filter(origin="demo").exists()
    assert story.roots


def test_demo_is_told_once(home):
    tell_story(at=AT)

    with pytest.raises(AlreadyTold):
        tell_story(at=AT)
