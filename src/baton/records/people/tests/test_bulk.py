from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.editing import actions, views
from baton.core.editing.models import BulkRun
from baton.core.fields.actions import create_field
from baton.records.people.bulk import people_counted
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db
OWNER = "/bulk/people/owner/"
ALL = {"all": "1", "asked": "q=berg"}


def test_many_are_counted_as_people_write_it():
    assert [people_counted(n) for n in (1, 1561)] == ["1 person", "1,561 people"]


def bergs(owner, count):
    return [a_person(owner=owner, full_name=f"Ann Berg {n}") for n in range(count)]


def owners():
    return list(Person.objects.order_by("pk").values_list("owner__name", flat=True))


def test_all_that_match_are_given_after_their_number_was_seen(signed_in, rep, colleague):
    bergs(rep, 2)
    a_person(owner=rep, full_name="Bo Vik")
    client, chosen = signed_in(rep), ALL | {"value-owner": colleague.key}

    asked = client.post(OWNER, chosen)
    before = owners()
    client.post(OWNER, chosen | {"count": "2"})

    assert "2 people match the list" in asked.content.decode()
    assert "Assign owner: <b>Nora</b>" in asked.content.decode()
    assert before == ["Teo", "Teo", "Teo"]
    assert owners() == ["Nora", "Nora", "Teo"]


def test_another_number_than_was_seen_is_asked_again(signed_in, rep, colleague):
    bergs(rep, 3)
    chosen = ALL | {"value-owner": colleague.key, "count": "2"}

    asked = signed_in(rep).post(OWNER, chosen)

    assert "3 people match the list" in asked.content.decode()
    assert owners() == ["Teo"] * 3


def test_all_that_match_are_only_those_one_may_change(signed_in, rep, outsider):
    bergs(rep, 1)
    bergs(outsider, 1)
    chosen = {"all": "1", "asked": "", "count": "1"}

    signed_in(rep).post("/bulk/people/delete/", chosen)

    assert list(Person.objects.living().values_list("owner__name", flat=True)) == [outsider.name]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 1)
    monkeypatch.setattr(actions, "BITE", 2)


@pytest.mark.usefixtures("small")
def test_very_many_are_done_in_bites_and_taken_back_in_bites(
    signed_in, rep, colleague, run_background
):
    bergs(rep, 5)
    client, chosen = signed_in(rep), ALL | {"value-owner": colleague.key, "count": "5"}

    going = client.post(OWNER, chosen, follow=True).content.decode()
    run_background()
    done = client.get(reverse("editing:run", args=[BulkRun.objects.get().key])).content.decode()
    given = owners()
    client.post(reverse("editing:undo", args=[BulkRun.objects.get().key]))
    run_background()

    assert "0 of 5" in going
    assert "Done: 5 people." in done
    assert given == ["Nora"] * 5
    assert owners() == ["Teo"] * 5
    assert Change.objects.filter(verb="edited", cause="").values("batch").distinct().count() == 1


@pytest.mark.usefixtures("small")
def test_stopped_run_goes_no_further(signed_in, rep, run_background):
    bergs(rep, 5)
    client = signed_in(rep)
    client.post(OWNER, ALL | {"value-owner": "", "count": "5"})
    run = BulkRun.objects.get()
    actions.do_bite(run_id=run.pk, at=run.created_at)

    client.post(reverse("editing:cancel", args=[run.key]))
    run_background()

    assert owners() == [None, None, "Teo", "Teo", "Teo"]
    assert (
        "Stopped after 2 people."
        in client.get(reverse("editing:run", args=[run.key])).content.decode()
    )


@pytest.mark.usefixtures("small")
def test_nobody_sees_or_stops_the_run_of_another(signed_in, rep, outsider):
    bergs(rep, 3)
    signed_in(rep).post(OWNER, ALL | {"value-owner": "", "count": "3"})
    key, client = BulkRun.objects.get().key, signed_in(outsider)

    seen = client.get(reverse("editing:run", args=[key]))
    acts = [client.post(reverse(f"editing:{name}", args=[key])) for name in ("cancel", "undo")]

    assert [answer.status_code for answer in (seen, *acts)] == [404, 404, 404]


def test_ticked_companies_get_an_owner_with_a_way_back(signed_in, admin, rep):
    company, client = a_company(name="Halden"), signed_in(admin)

    client.post("/bulk/companies/owner/", {"row": [company.key], "value-owner": rep.key})
    given = Company.objects.get().owner
    batch = Change.objects.get(object_type="company", verb="edited").batch
    client.post(reverse("changes:undo", args=[batch]))

    assert (given, Company.objects.get().owner) == (rep, None)


@pytest.mark.parametrize(("hours", "said", "kept"), [(0, 200, "Teo"), (2, 404, "Otto")])
def test_people_given_out_of_reach_come_back_for_a_while(
    signed_in, rep, outsider, hours, said, kept
):
    client, [person] = signed_in(rep), bergs(rep, 1)

    client.post(OWNER, {"row": [person.key], "value-owner": outsider.key})
    given = owners()
    change = Change.objects.get(object_type="person", verb="edited")
    Change.objects.update(at=change.at - timedelta(hours=hours))
    answer = client.post(reverse("changes:undo", args=[change.batch]), follow=True)

    assert (given, answer.status_code, owners()) == (["Otto"], said, [kept])


def test_bar_holds_what_one_may_do(signed_in, rep):
    bergs(rep, 26)

    page = signed_in(rep).get("/people/?q=berg").content.decode()

    assert "All 26 that match" in page
    assert 'name="asked" value="q=berg"' in page

    assert OWNER in page
    assert "/bulk/people/delete/" in page
    assert "/bulk/people/campaign/" not in page


FIELD = "/bulk/people/which/field/"


def test_one_field_of_many_is_chosen_said_and_taken_back(signed_in, rep, outsider):
    rows = [person.key for person in (*bergs(rep, 2), *bergs(outsider, 1))]
    client, asked = signed_in(rep), {"row": rows, "asked": "q=berg"}

    page = client.post(FIELD, asked).content.decode()
    chosen = client.post(FIELD, asked | {"field": "country"}).content.decode()
    unsaid = client.post(FIELD, asked | {"field": "country", "do": "save"})
    said = asked | {"field": "country", "value": "Norway", "do": "save"}
    told = client.post(FIELD, said, follow=True).content.decode()

    assert ("Edit 2 people" in page, 'name="value"' in page) == (True, False)
    assert 'name="value"' in chosen
    assert (unsaid.status_code, "Say what it becomes" in unsaid.content.decode()) == (422, True)
    assert "2 people changed: Country is “Norway”. 1 is not yours to change." in told
    assert [*Person.objects.order_by("pk").values_list("country", flat=True)] == [
        "Norway",
        "Norway",
        "",
    ]
    client.post(FIELD, asked | {"field": "country", "empties": "on", "do": "save"})
    assert not Person.objects.exclude(country="").exists()
    batch = Change.objects.latest("pk").batch
    client.post(reverse("changes:undo", args=[batch]))
    assert Person.objects.filter(country="Norway").count() == 2
    assert signed_in(outsider).post(FIELD, {"row": rows[:1]}).status_code == 200  # and of nobody


def test_plain_field_of_many_takes_few_statements(signed_in, rep):
    client, rows = signed_in(rep), [person.key for person in bergs(rep, 9)]

    def asked_for(some, value):
        said = {"row": some, "asked": "", "field": "job_title", "value": value, "do": "save"}
        with CaptureQueriesContext(connection) as asked:
            client.post(FIELD, said)
        return len(asked)

    asked_for(rows[:1], "Warm")
    assert asked_for(rows[:2], "Buyer") == asked_for(rows, "Head of buying")
    assert [*Change.objects.filter(verb="edited").values_list("by", flat=True)] == [rep.pk] * 12


@pytest.mark.usefixtures("small")
def test_own_field_of_all_that_match_is_set_in_bites_by_whoever_may_write_it(
    signed_in, rep, run_background, monkeypatch
):
    monkeypatch.setattr(views, "EDITED_AT_ONCE", 1)
    for label, roles in (("Size", []), ("Secret", ["rep"])):
        create_field(
            object_type="person",
            label=label,
            kind="number",
            read_only_for=roles,
            by=None,
            at=AT,
        )
    bergs(rep, 3)
    client, every = signed_in(rep), ALL | {"count": "3", "do": "save"}

    wrong = client.post(FIELD, every | {"field": "custom-size", "value": "big"})
    unwritten = client.post(FIELD, every | {"field": "custom-secret", "value": "1"})
    client.post(FIELD, every | {"field": "custom-size", "value": "42"})
    run_background()

    assert (wrong.status_code, "is no number" in wrong.content.decode()) == (422, True)
    assert (unwritten.status_code, "Secret" in unwritten.content.decode()) == (422, False)
    assert [one.custom for one in Person.objects.all()] == [{"size": "42"}] * 3
