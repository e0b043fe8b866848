import pytest
from django.urls import reverse

from baton.core.access.actions import ensure_imported_users
from baton.core.fields.models import FieldDefinition
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(rep):
    return a_person(
        owner=rep, full_name="Ann Lund", job_title="Buyer", emails=["ann@halden.example"]
    )


def url(person, name):
    return reverse("people:edit-person", args=[person.key, name])


@pytest.mark.parametrize(
    ("name", "was", "typed", "read"),
    [
        (
            "job_title",
            "Buyer",
            "Head of energy",
            lambda person: person.job_title == "Head of energy",
        ),
        ("full_name", "Ann Lund", "Ann Holm", lambda person: person.sort_key == "holm ann"),
        ("country", "", "Sweden", lambda person: person.country == "Sweden"),
        ("owner", "KEY", "", lambda person: person.owner is None),
        (
            "emails",
            "ann@halden.example",
            "new@halden.example\r\nann@halden.example",
            lambda person: person.emails.get(is_primary=True).address == "new@halden.example",
        ),
        ("phones", "", "+46 8 555 0137", lambda person: person.phones.get().e164 == "+4685550137"),
        ("company", "", "Halden Foods", lambda person: person.company.name == "Halden Foods"),
    ],
)
def test_field_is_saved_without_script(signed_in, rep, person, name, was, typed, read):
    was = str(rep.key) if was == "KEY" else was

    answer = signed_in(rep).post(url(person, name), {"value": typed, "was": was})

    assert answer.status_code == 302
    assert read(Person.objects.get(pk=person.pk))


def test_form_and_value_come_in_place_for_htmx(signed_in, rep, person):
    client = signed_in(rep)

    form = client.get(url(person, "job_title"), headers=HTMX).content.decode()
    saved = client.post(url(person, "job_title"), {"value": "Head", "was": "Buyer"}, headers=HTMX)
    cancelled = client.get(url(person, "job_title") + "?shown", headers=HTMX).content.decode()

    assert 'value="Buyer"' in form
    assert "<html" not in form
    assert saved.status_code == 200
    assert 'id="prop-job_title"' in saved.content.decode()
    assert "Head" in cancelled


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("emails", "nonsense", "is no mail address"),
        ("emails", "ben@halden.example", "is somebody else"),
        ("job_title", "x" * 161, "160"),
        ("owner", "nonsense", "not a valid"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(signed_in, rep, person, name, typed, words):
    a_person(emails=["ben@halden.example"])
    was = {"emails": "ann@halden.example", "job_title": "Buyer", "owner": str(rep.key)}[name]

    answer = signed_in(rep).post(url(person, name), {"value": typed, "was": was}, headers=HTMX)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    if name != "owner":
        assert typed in answer.content.decode()
    assert Person.objects.get(pk=person.pk).version == 1


def test_who_saves_second_is_shown_the_other_value_first(signed_in, rep, person):
    client = signed_in(rep)
    client.post(url(person, "job_title"), {"value": "Head", "was": "Buyer"})

    lost = client.post(url(person, "job_title"), {"value": "Chief", "was": "Buyer"}, headers=HTMX)

    page = lost.content.decode()
    assert lost.status_code == 422
    assert "<b>Head</b>" in page
    assert 'value="Chief"' in page
    assert Person.objects.get(pk=person.pk).job_title == "Head"

    again = client.post(url(person, "job_title"), {"value": "Chief", "was": "Head"}, headers=HTMX)
    assert again.status_code == 200
    assert Person.objects.get(pk=person.pk).job_title == "Chief"


def test_edit_of_another_field_loses_nothing(signed_in, rep, person):
    client = signed_in(rep)
    client.post(url(person, "job_title"), {"value": "Head", "was": "Buyer"})

    answer = client.post(url(person, "country"), {"value": "Sweden", "was": ""})

    assert answer.status_code == 302


def test_person_given_out_of_reach_leads_to_the_list(signed_in, rep, outsider, person):
    answer = signed_in(rep).post(
        url(person, "owner"), {"value": str(outsider.key), "was": str(rep.key)}
    )

    assert answer["location"] == reverse("people:list")
    assert Person.objects.get(pk=person.pk).owner == outsider


def test_company_is_the_known_one_that_the_user_sees(signed_in, rep, outsider, person):
    known = a_company(name="Halden")
    hidden = a_company(name="Orbis", owner=outsider)
    client = signed_in(rep)

    client.post(url(person, "company"), {"value": "HALDEN", "was": ""})
    assert Person.objects.get(pk=person.pk).company == known

    client.post(url(person, "company"), {"value": "Orbis", "was": "Halden"})
    assert Person.objects.get(pk=person.pk).company not in {known, hidden}

    client.post(url(person, "company"), {"value": "", "was": "Orbis"})
    assert Person.objects.get(pk=person.pk).company is None


@pytest.mark.parametrize("name", ["stage", "score", "nonsense", "version"])
def test_what_is_not_typed_by_people_has_no_form(signed_in, rep, person, name):
    assert signed_in(rep).post(url(person, name), {"value": "1", "was": ""}).status_code == 404


@pytest.mark.parametrize(
    ("name", "was", "typed", "status"),
    [
        ("employee_count", "40", "50", 302),
        ("employee_count", "40", "many", 422),
        ("annual_revenue", "", "12.50", 302),
        ("annual_revenue", "", "9999999999999999.99", 422),
        ("domains", "halden.example", "halden.example\nfoods.example", 302),
        ("domains", "halden.example", "no domain", 422),
        ("name", "Halden", "", 422),
    ],
)
def test_company_field_is_saved_or_refused(signed_in, admin, name, was, typed, status):
    company = a_company(name="Halden", domains=["halden.example"], employee_count=40)
    edit = reverse("people:edit-company", args=[company.key, name])

    answer = signed_in(admin).post(edit, {"value": typed, "was": was})

    assert answer.status_code == status
    assert Company.objects.get().version == (2 if status == 302 else 1)


def test_imported_owner_stays_but_is_given_nothing_new(signed_in, admin, person):
    ewa = ensure_imported_users(source="old", names={"7": "Ewa"})["7"]
    theirs, client = a_person(owner=ewa), signed_in(admin)
    key = str(ewa.key)

    control = client.get(url(theirs, "owner"))
    kept = client.post(url(theirs, "owner"), {"value": key, "was": key}, headers=HTMX)
    refused = client.post(
        url(person, "owner"), {"value": key, "was": str(person.owner.key)}, headers=HTMX
    )

    assert f'<option value="{key}" selected>' in control.content.decode()
    assert (kept.status_code, refused.status_code) == (200, 422)
    assert Person.objects.get(pk=theirs.pk).owner == ewa


def test_list_finds_people_of_an_imported_owner_and_gives_them_none(signed_in, admin):
    ewa = ensure_imported_users(source="old", names={"7": "Ewa"})["7"]
    a_person(owner=ewa)

    shown = signed_in(admin).get(reverse("people:list")).context

    assert ewa in shown["owners"]()
    assert "Ewa" not in str(shown["bulk"].buttons[0].field)


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        ("number", "12.50", "12.5", "12.5"),
        ("date", "2026-03-01", "2026-03-01", "1 Mar 2026"),
        ("boolean", "true", True, "Yes"),
        ("choice", "Gas", "Gas", "Gas"),
        ("text", "", None, ""),
    ],
)
def test_field_that_this_company_added_is_edited_in_place(
    signed_in, rep, person, kind, typed, kept, shown
):
    FieldDefinition.objects.create(
        object_type="person", code="supply", label="Supply", kind=kind, options=["Gas", "Oil"]
    )
    Person.objects.update(custom={"meters": "3"})

    saved = signed_in(rep).post(
        url(person, "custom-supply"), {"value": typed, "was": ""}, headers=HTMX
    )

    known = {} if kept is None else {"supply": kept}
    assert Person.objects.get().custom == {"meters": "3"} | known
    assert shown in saved.content.decode()


def test_added_field_refuses_what_is_not_of_its_kind(signed_in, rep, person):
    FieldDefinition.objects.create(
        object_type="person", code="meters", label="Meters", kind="number"
    )

    refused = signed_in(rep).post(
        url(person, "custom-meters"), {"value": "many", "was": ""}, headers=HTMX
    )

    assert refused.status_code == 422
    assert "is no number" in refused.content.decode()
