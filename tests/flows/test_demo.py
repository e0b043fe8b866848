"""The demo comes and goes without a trace."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.test import override_settings

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.demo.actions import AlreadyTold, remove_story, tell_story
from baton.core.demo.queries import demo_logins, what_goes
from baton.core.facts.models import FactRecord
from baton.core.facts.numbering import seat_subscribers
from baton.operations.administration.actions import end_demo, set_up
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_person
from baton.records.relations.models import Relation
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal
from conftest import drain_background

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOT_DATA = {"core.Cursor", "core.Job", "core.Firing", "sessions.Session"}


def counts():
    """Rows by table. The company's own pools keep the history of who was in them."""
    rows = {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label not in NOT_DATA and model._meta.managed
    }
    rows["changes.Change"] -= Change.objects.filter(object_type="pool").count()
    return rows


@pytest.fixture(scope="module")
def before(lasting, tmp_path_factory):
    """The demo is told, once for all tests here, to a company with a buyer of its own.

    What there was before, by table.
    """
    with override_settings(HOME=tmp_path_factory.mktemp("home")):
        seat_subscribers()
        set_up(admin_email="ada@fennmark.example", password="a long one", at=AT)
        a_person(full_name="Own buyer")
        drain_background()
        rows = counts()
        tell_story(at=AT)
        drain_background()
        yield rows


def test_demo_fills_every_corner_and_leaves_no_trace(before, django_capture_on_commit_callbacks):
    told = counts()

    with django_capture_on_commit_callbacks(execute=True):
        remove_story()
    drain_background()

    after = counts()
    left = {label: (before[label], n) for label, n in after.items() if n != before[label]}
    assert left == {}
    assert Person.objects.get().full_name == "Own buyer"
    empty = {label for label, count in told.items() if not count and label.count(".") == 1}
    assert {label for label in empty if label.split(".")[0] in {"people", "deals", "handoff"}} <= {
        "people.Identity",
        "people.CompanyIdentity",
        "people.Merge",
        "people.CompanyExternalId",
        "people.PersonExternalId",
        "deals.DealExternalId",
        "deals.DealOrder",
        "handoff.RepProfile",
        "handoff.RoutingRule",
    }


def test_what_people_add_to_the_demo_goes_with_it_and_their_own_stays(before):
    teo = User.objects.get(email="teo@fennmark.example")
    own = a_person(owner=teo, full_name="Real buyer")

    remove_story()

    kept = Person.objects.order_by("pk").values_list("full_name", flat=True)
    assert list(kept) == ["Own buyer", "Real buyer"]
    own.refresh_from_db()
    assert Deal.objects.count() == 0
    assert not FactRecord.objects.filter(origin="demo").exists()


def test_what_goes_is_told_beforehand_with_what_hangs_on_it(before):
    a_person(full_name="Real buyer", company=Company.objects.first())
    a_deal(name="Real deal", person=Person.objects.get(full_name="Jonas Weil"))
    had = counts()

    told = {label: len(ids) for label, ids in what_goes().items()}
    remove_story()

    main = ("people.Person", "people.Company", "deals.Deal", "handoff.Handoff")
    assert {label: told[label] for label in main} == {
        label: had[label] - counts()[label] for label in main
    }


def test_house_is_fit_for_work_when_the_demo_is_gone(before):
    ada = User.objects.get(email="ada@fennmark.example")

    end_demo(keeper=ada, company="Coldwick", at=AT)

    assert a_deal(name="First deal").stage.pipeline.name
    assert demo_logins() == []


def test_logins_are_noted_while_the_demo_is_here(
    before, tmp_path, settings, django_capture_on_commit_callbacks
):
    settings.HOME = tmp_path
    note = tmp_path / "keys" / "demo-logins"
    note.parent.mkdir()
    note.write_text("Sign in as ...")

    with django_capture_on_commit_callbacks(execute=True):
        remove_story()

    assert not note.exists()


def test_demo_is_told_once(before):
    with pytest.raises(AlreadyTold):
        tell_story(at=AT)


# Of the shell, and of the blocks of the role; another block is a few more, another row none.
MOST_QUERIES = {"teo": 32, "mara": 32, "ines": 32, "sam": 32, "olga": 52}


@pytest.mark.parametrize(("name", "most"), MOST_QUERIES.items())
def test_home_of_every_role_asks_a_few_questions_only(
    before, signed_in, django_assert_max_num_queries, name, most
):
    browser = signed_in(User.objects.get(email=f"{name}@fennmark.example"))

    with django_assert_max_num_queries(most):
        assert browser.get("/").status_code == 200


def test_the_demo_tells_who_knows_whom(before):
    told = set(Relation.objects.living().values_list("person__full_name", "kind", "is_past"))

    assert {("Jonas Weil", "manages", False), ("Ville Koski", "works_at", True)} <= told
    assert not Relation.objects.filter(other=None, company=None).exists()
