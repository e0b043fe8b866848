import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core import filters
from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.keys import new_key
from baton.core.offers import ImportRow, ImportRun, ImportStatus
from baton.core.settings.queries import organisation_zone
from baton.records.people.actions import BadCurrency, TooLong, edit_company, edit_person
from baton.records.people.actions.postal import read_addresses
from baton.records.people.imports.companies import upsert_companies
from baton.records.people.imports.people import upsert_people
from baton.records.people.models import Company, Person
from baton.records.people.rules import (
    UnreadableLink,
)
from baton.records.people.tests.factories import AT, a_company, a_person

WORK = {
    "kind": "work",
    "street": "Hamngatan 1\nDoor B",
    "postcode": "211 22",
    "city": "Malmö",
    "region": "Skåne",
    "country": "Sweden",
}
ANN = "https://www.linkedin.com/in/ann-berg"


@pytest.mark.django_db
def test_addresses_of_a_person_are_edited_and_taken_back():
    ann = a_person(addresses=[WORK])
    home = {"kind": "home", "city": "Lund"}

    edit_person(person=ann, values={"addresses": [home, WORK]}, version=None, by=None, at=AT)

    assert [one["city"] for one in read_addresses([ann.pk])[ann.pk]] == ["Lund", "Malmö"]
    undo(batch=Change.objects.filter(verb="edited").get().batch, by=None, at=AT)
    assert read_addresses([ann.pk])[ann.pk] == [WORK]
    with pytest.raises(TooLong):
        edit_person(
            person=ann, values={"addresses": [{"city": "x" * 121}]}, version=None, by=None, at=AT
        )


@pytest.mark.django_db
def test_links_phone_and_currency_are_kept_in_one_way():
    halden = a_company(country="Sverige", phone="040 55 50 00", linkedin="halden")

    saved = edit_company(
        company=halden,
        values={"x": "@Halden", "revenue_currency": "eur", "street": " a \n b "},
        version=None,
        by=None,
        at=AT,
    )

    assert (saved.phone, saved.phone_e164) == ("+46 40 55 50 00", "+4640555000")
    assert (saved.country, saved.linkedin) == ("Sweden", "https://www.linkedin.com/company/halden")
    assert (saved.x, saved.revenue_currency) == ("https://x.com/halden", "EUR")
    assert saved.street == "a\nb"
    with pytest.raises(BadCurrency):
        edit_company(company=halden, values={"revenue_currency": "€"}, version=None, by=None, at=AT)
    with pytest.raises(UnreadableLink):
        edit_company(company=halden, values={"website": "no"}, version=None, by=None, at=AT)


def edit(client, record, name, **sent):
    kind = "person" if isinstance(record, Person) else "company"
    address = reverse(f"people:edit-{kind}", args=[record.key, name])
    form = client.get(address, headers={"HX-Request": "true"}).content.decode()
    return form, client.post(address, sent, headers={"HX-Request": "true"})


@pytest.mark.django_db
def test_choices_of_a_person_are_offered_in_words(signed_in, rep):
    ann, client = a_person(owner=rep, language="en", zone="Mars/Olympus"), signed_in(rep)

    role, saved = edit(client, ann, "buying_role", was="", value="champion")
    zones, refused = edit(client, ann, "zone", was="Mars/Olympus", value="Nowhere")
    language, _ = edit(client, ann, "language", was="en", value="de")

    assert '<option value="procurement">Procurement</option>' in role
    assert "Champion" in saved.content.decode()
    assert '<option value="Europe/Berlin">' in zones
    assert '<option value="Mars/Olympus" selected>' in zones
    assert refused.status_code == 422
    assert '<option value="en" selected>English</option>' in language
    ann.refresh_from_db()
    assert (ann.buying_role, ann.language, ann.zone) == ("champion", "de", "Mars/Olympus")


@pytest.mark.django_db
def test_addresses_are_edited_part_by_part_and_an_emptied_one_goes(signed_in, rep):
    ann, client = (
        a_person(owner=rep, addresses=[WORK, {"kind": "home", "city": "Lund"}]),
        signed_in(rep),
    )
    was = json.dumps(read_addresses([ann.pk])[ann.pk])
    one = {f"value-0-{part}": text for part, text in {**WORK, "city": "Ystad"}.items()}
    gone = {f"value-1-{part}": "" for part in WORK} | {"value-1-kind": "home"}
    new = {f"value-2-{part}": "" for part in WORK} | {
        "value-2-kind": "other",
        "value-2-city": "Oslo",
    }

    form, saved = edit(client, ann, "addresses", was=was, **one, **gone, **new)

    assert 'name="value-1-city"' in form
    assert [(row["kind"], row["city"]) for row in read_addresses([ann.pk])[ann.pk]] == [
        ("work", "Ystad"),
        ("other", "Oslo"),
    ]
    assert "211 22 Ystad" in saved.content.decode()
    history = client.get(reverse("people:person-changes", args=[ann.key])).content.decode()
    assert "211 22 Malmö" in history


@pytest.mark.django_db
def test_revenue_is_typed_with_its_currency(signed_in, admin):
    halden, client = (
        a_company(annual_revenue=Decimal("500"), revenue_currency="EUR"),
        signed_in(admin),
    )

    _, saved = edit(client, halden, "annual_revenue", was="500.00 EUR", value="1.2m USD")
    _, bad = edit(client, halden, "annual_revenue", was="1200000.00 USD", value="a lot")

    halden.refresh_from_db()
    assert (halden.annual_revenue, halden.revenue_currency) == (Decimal("1200000"), "USD")
    assert "1,200,000" in saved.content.decode()
    assert bad.status_code == 422
    _, _ = edit(client, halden, "annual_revenue", was="1200000.00 USD", value="")
    halden.refresh_from_db()
    assert (halden.annual_revenue, halden.revenue_currency) == (None, "")


@pytest.mark.django_db
def test_page_leads_to_where_somebody_stands_on_the_web(signed_in, rep):
    ann = a_person(owner=rep, linkedin="ann-berg", x="@ann")

    page = signed_in(rep).get(ann.get_absolute_url()).content.decode()

    assert f'href="{ANN}" target="_blank" rel="noopener noreferrer"' in page
    assert 'href="https://x.com/ann"' in page


@pytest.mark.django_db
def test_columns_that_are_chosen_are_read_for_the_whole_page(signed_in, rep):
    chosen = "?cols=name,email,phone,seniority,address,linkedin"
    for number in range(3):
        a_person(owner=rep, phones=[f"+46405550{number}0"], addresses=[WORK], seniority="director")
    client = signed_in(rep)
    usual = client.get("/people/").content.decode()
    with CaptureQueriesContext(connection) as few:
        page = client.get(f"/people/{chosen}").content.decode()
    a_person(owner=rep, addresses=[WORK])

    with CaptureQueriesContext(connection) as more:
        client.get(f"/people/{chosen}")

    assert len(more) == len(few)
    assert "Director or head" in page
    assert "211 22 Malmö" in page
    assert "Director or head" not in usual


@pytest.mark.django_db
def test_fields_are_asked_in_filters():
    ann = a_person(addresses=[WORK], seniority="vp", company=a_company(territory="Nordics"))
    a_person()

    def found(name, op, value):
        tree = {"field": f"person.{name}", "op": op, "value": value}
        chosen = filters.parse(tree, object_type="person")
        asked = filters.compile(chosen, at=AT, zone=organisation_zone())
        return list(Person.objects.filter(asked))

    assert found("city", "is", "malmö") == [ann]
    assert found("seniority", "in", ["vp"]) == [ann]
    assert found("company_territory", "is", "Nordics") == [ann]


@pytest.mark.django_db
def test_api_takes_and_gives_them(api_client, admin):
    client, at = api_client(admin), "/api/v1/people/"
    sent = {"full_name": "Ann", "origin": "sales", "linkedin": "ann-berg", "seniority": "vp"}

    made = client.post(at, sent | {"addresses": [WORK]}, content_type="application/json").json()
    wrong = client.patch(
        f"{at}{made['key']}/",
        {"version": 1, "buying_role": "boss"},
        content_type="application/json",
    )
    firm = client.post(
        f"{at}companies/",
        {"name": "Halden", "phone": "+4640555000", "territory": "North", "street": "A\nB"},
        content_type="application/json",
    ).json()
    bad = client.patch(
        f"{at}companies/{firm['key']}/",
        {"version": 1, "website": "no"},
        content_type="application/json",
    )

    assert made["addresses"] == [WORK]
    assert (made["linkedin"], made["seniority"]) == (ANN, "vp")
    assert (wrong.status_code, bad.status_code) == (422, 409)
    assert (firm["phone"], firm["territory"]) == ("+46 40 55 50 00", "North")
    assert firm["street"] == "A\nB"


@pytest.mark.django_db
def test_files_bring_them():
    run = ImportRun(source="crm", at=AT, batch=new_key(), currency="EUR")
    place = {"street": "Hamngatan 1", "city": "Malmö", "country": "Sweden"}

    upsert_people(
        [ImportRow(key="1", values={"full_name": "Ann", "seniority": "VP", **place})], run
    )
    upsert_people([ImportRow(key="1", values={"city": "Lund", "address_kind": "home"})], run)
    [same] = upsert_people([ImportRow(key="1", values={"city": "Malmö"})], run)
    [bad] = upsert_people([ImportRow(key="1", values={"linkedin": "https://halden.example/"})], run)
    company = {"name": "Halden", "phone": "+4640555000", "annual_revenue": Decimal(5)}
    upsert_companies([ImportRow(key="h", values={**company, "revenue_currency": "usd"})], run)

    ann, halden = Person.objects.get(), Company.objects.get()
    assert ann.seniority == "vp"
    assert [(one["kind"], one["city"]) for one in read_addresses([ann.pk])[ann.pk]] == [
        ("work", "Malmö"),
        ("home", "Lund"),
    ]
    assert same.status == ImportStatus.UPDATED  # the one that was named last is the first
    assert (bad.status, bad.field) == (ImportStatus.FAILED, "linkedin")
    assert (halden.phone_e164, halden.revenue_currency) == ("+4640555000", "USD")


@pytest.mark.django_db
def test_history_says_in_words_what_is_kept_as_a_code(signed_in, rep):
    ann, client = a_person(owner=rep), signed_in(rep)
    said = {"language": "en-US", "seniority": "c_level", "buying_role": "decision_maker"}

    edit_person(person=ann, values=said, version=None, by=rep, at=AT)

    history = client.get(reverse("people:person-changes", args=[ann.key])).content.decode()
    assert [word in history for word in ("English", "C-level", "Decision maker")] == [True] * 3
    assert [word in history for word in ("en-US", "c_level", "decision_maker")] == [False] * 3
