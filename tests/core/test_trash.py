from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.roles import Verb
from baton.core.changes.models import Change
from baton.core.changes.queries import kinds_in_trash
from baton.core.keys import RecordModel, new_key
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.records.audience.models import Persona
from baton.records.audience.tests.factories import a_persona
from baton.records.people.actions import trash_people
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
TRASH = "/changes/trash/"


@pytest.fixture
def gone(rep):
    """A person of the rep's, in the trash."""
    person = a_person(full_name="Jonas Weil", owner=rep)
    trash_people(people_ids=[person.pk], by=rep, at=AT)
    return person


def back(person):
    return reverse("changes:restore", args=["person", person.key])


def is_living(record):
    return type(record).objects.filter(pk=record.pk, deleted_at=None).exists()


def test_owner_sees_what_lies_in_the_trash_and_takes_it_out(rep, gone, signed_in):
    browser = signed_in(rep)

    shown = browser.get(TRASH).content.decode()
    answer = browser.post(back(gone), follow=True)
    restored = is_living(gone)
    (message,) = answer.context["messages"]
    browser.post(message.extra_tags.removeprefix("undo:"))

    assert ("Jonas Weil" in shown, "Teo" in shown) == (True, True)
    assert (restored, is_living(gone)) == (True, False)
    assert Change.objects.filter(object_type="person", verb="restored", by=rep).count() == 1


@pytest.mark.parametrize("who", ["colleague", "outsider"])
def test_who_might_not_delete_it_neither_sees_nor_restores_it(request, gone, signed_in, who):
    browser = signed_in(request.getfixturevalue(who))

    shown = browser.get(TRASH).content.decode()

    assert ("Jonas Weil" in shown, browser.post(back(gone)).status_code) == (False, 404)
    assert not is_living(gone)


def test_what_is_not_in_the_trash_cannot_be_restored(rep, signed_in):
    living, browser = a_person(owner=rep), signed_in(rep)

    answers = [
        browser.post(back(living)),
        browser.post(reverse("changes:restore", args=["person", new_key()])),
        browser.post(reverse("changes:restore", args=["rate", living.key])),
        browser.post(reverse("changes:restore", args=["moon", living.key])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_name_that_was_taken_meanwhile_keeps_a_persona_in_the_trash(admin, signed_in):
    old = Persona.objects.create(name="Plant manager", deleted_at=AT)
    Persona.objects.create(name="Plant manager")

    answer = signed_in(admin).post(
        reverse("changes:restore", args=["persona", old.key]), follow=True
    )

    assert "It stays in the trash" in answer.content.decode()
    assert not is_living(old)


def test_page_costs_the_same_however_much_lies_there(
    rep, gone, signed_in, django_assert_num_queries
):
    browser = signed_in(rep)
    browser.get(TRASH)
    with CaptureQueriesContext(connection) as few:
        browser.get(TRASH)
    more = [a_person(owner=rep).pk for _ in range(3)]
    trash_people(people_ids=more, by=rep, at=AT)

    with django_assert_num_queries(len(few)):
        browser.get(TRASH)


@pytest.mark.parametrize(
    ("place", "make"),
    [
        ("people", a_person),
        ("people/companies", a_company),
        ("deals", a_deal),
        ("campaigns", a_campaign),
        ("campaigns/costs", a_cost),
        ("audience", a_persona),
        ("purchases", a_product),
    ],
)
def test_record_is_deleted_and_restored_over_the_api(admin, outsider, api_client, place, make):
    record, client = make(), api_client(admin)
    address = f"/api/v1/{place}/{record.key}/"

    deleted = client.delete(address).status_code
    foreign = api_client(outsider).post(f"{address}restore/").status_code
    between = is_living(record)
    restored = client.post(f"{address}restore/").status_code

    assert (deleted, between, restored, is_living(record)) == (204, False, 204, True)
    assert foreign in {403, 404}
    assert client.post(f"{address}restore/").status_code == 404


def test_all_that_has_a_trash_has_a_key_and_a_way_in(admin):
    models = [kind.reach(admin, Verb.DELETE).model for kind in kinds_in_trash()]

    assert all(issubclass(model, RecordModel) for model in models)
