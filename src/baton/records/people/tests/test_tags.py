from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core import filters
from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.changes.queries import may_undo
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.core.offers import ImportRow, ImportRun, ImportStatus
from baton.records.people.actions import (
    NoTag,
    TooLong,
    edit_company,
    edit_person,
    tag_companies,
    tag_people,
    trash_people,
    untag_companies,
    untag_people,
)
from baton.records.people.imports.companies import upsert_companies
from baton.records.people.imports.people import upsert_people
from baton.records.people.models import Company, Person, Tag
from baton.records.people.queries import tags_of
from baton.records.people.rules import split_tags
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db


def tags(record):
    return tags_of(type(record), [record.pk])[record.pk]


def tag(*people, names=("VIP",), by=None):
    return tag_people(people_ids=[one.pk for one in people], names=names, by=by, at=AT)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        (" , ; ", []),
        ("VIP", ["VIP"]),
        ("VIP, Trade fair;energy\nnew", ["VIP", "Trade fair", "energy", "new"]),
        ("VIP, vip, ＶＩＰ ", ["VIP"]),
        ("trade  fair", ["trade fair"]),
    ],
)
def test_text_is_parted_into_tags(text, names):
    assert split_tags(text) == names


def test_tags_of_many_are_put_on_and_taken_back(rep, django_assert_num_queries):
    ann, bo, gone = a_person(), a_person(), a_person()
    trash_people(people_ids=[gone.pk], by=None, at=AT)
    tag(bo, names=["vip"])

    # limits of who did not sign in, two of tags, people, links three, rules, version, history,
    # facts
    with django_assert_num_queries(11):
        batch = tag(ann, bo, gone, names=["VIP", "Fair"], by=rep)

    assert (tags(ann), tags(bo), tags(gone)) == (["Fair", "vip"], ["Fair", "vip"], [])
    assert Change.objects.filter(batch=batch).count() == 2
    undo(batch=batch, by=rep, at=AT)
    assert (tags(ann), tags(bo)) == ([], ["vip"])


def test_a_tag_that_is_there_is_no_change():
    ann = a_person(tags=["VIP"])

    batch = tag(ann, names=["vip"])

    assert not Change.objects.filter(batch=batch).exists()
    assert not FactRecord.objects.filter(name="person.changed").exists()


def test_each_tag_is_taken_back_by_itself(rep):
    ann = a_person(owner=rep)
    first, _second = tag(ann, names=["One"], by=rep), tag(ann, names=["Two"], by=rep)

    assert may_undo(batch=first, user=rep)
    undo(batch=first, by=rep, at=AT)

    assert tags(ann) == ["Two"]


def test_tags_are_taken_off_and_put_back():
    ann, bo = a_person(tags=["VIP", "Fair"]), a_person()

    batch = untag_people(people_ids=[ann.pk, bo.pk], names=["vip", "unknown"], by=None, at=AT)

    assert tags(ann) == ["Fair"]
    assert list(Change.objects.filter(batch=batch).values_list("object_id", "before", "after")) == [
        (ann.pk, {"tag:VIP": "VIP"}, {"tag:VIP": None})
    ]
    undo(batch=batch, by=None, at=AT)
    assert tags(ann) == ["Fair", "VIP"]


def test_companies_are_tagged_likewise():
    halden = a_company()

    batch = tag_companies(company_ids=[halden.pk], names=["Key account"], by=None, at=AT)
    untag_companies(company_ids=[halden.pk], names=["none"], by=None, at=AT)

    assert tags(halden) == ["Key account"]
    assert FactRecord.objects.get(name="company.changed").payload == {"fields": ["tags"]}
    undo(batch=batch, by=None, at=AT)
    assert tags(halden) == []


def test_an_edit_puts_on_and_takes_off_and_tells_once():
    ann = a_person(tags=["Old", "Kept"])

    saved = edit_person(
        person=ann, values={"tags": ["kept", "New"]}, version=ann.version, by=None, at=AT
    )
    again = edit_person(
        person=saved, values={"tags": ["New", "Kept"]}, version=saved.version, by=None, at=AT
    )

    assert tags(ann) == ["Kept", "New"]
    assert (saved.version, again.version) == (2, 2)
    assert FactRecord.objects.get(name="person.changed").payload["fields"] == ["tags"]


def test_what_is_no_tag_is_refused():
    ann = a_person()

    with pytest.raises(NoTag):
        tag(ann, names=[" "])
    with pytest.raises(TooLong):
        tag(ann, names=["x" * 61])
    with pytest.raises(TooLong):
        edit_company(company=a_company(), values={"tags": ["x" * 61]}, version=None, by=None, at=AT)

    assert not Tag.objects.exists()


def found(object_type, name, op, *value):
    tree = {"field": f"{object_type}.{name}", "op": op} | ({"value": value[0]} if value else {})
    kind = Person if object_type == "person" else Company
    chosen = filters.parse(tree, object_type=object_type)
    rows = kind.objects.filter(filters.compile(chosen, at=AT, zone=ZoneInfo("UTC")))
    return set(rows.values_list("pk", flat=True))


def test_filters_ask_for_any_and_none_of_the_tags():
    key = a_company(tags=["Key account"])
    ann, bo = a_person(tags=["VIP", "Fair"], company=key), a_person(tags=["Fair"])
    cy = a_person(company=a_company())

    assert found("person", "tags", "in", ["vip"]) == {ann.pk}
    assert found("person", "tags", "in", ["vip", "fair"]) == {ann.pk, bo.pk}
    assert found("person", "tags", "not_in", ["vip"]) == {bo.pk, cy.pk}
    assert found("person", "tags", "is_empty") == {cy.pk}
    assert found("person", "tags", "is_set") == {ann.pk, bo.pk}
    assert found("person", "company_tags", "in", ["key account"]) == {ann.pk}
    assert found("person", "company_tags", "not_in", ["key account"]) == {bo.pk, cy.pk}
    assert found("company", "tags", "in", ["key account"]) == {key.pk}


def test_record_page_edits_tags_in_place(signed_in, rep):
    ann = a_person(owner=rep, tags=["Old", "Kept"])
    address = reverse("people:edit-person", args=[ann.key, "tags"])
    client = signed_in(rep)

    form = client.get(address, headers={"HX-Request": "true"}).content.decode()
    sent = {"was": "Kept\nOld", "value": ["Kept", "New, vip"]}
    saved = client.post(address, sent, headers={"HX-Request": "true"}).content.decode()

    assert 'value="Old" checked' in form
    assert '<option value="Kept">' in form
    assert tags(ann) == ["Kept", "New", "vip"]
    assert '<span class="tag">New</span>' in saved
    assert "Undo" in saved
    page = client.get(reverse("people:person-changes", args=[ann.key])).content.decode()
    assert "Tag" in page


def test_tags_somebody_else_changed_meanwhile_stand_beside_those_typed(signed_in, rep):
    ann = a_person(owner=rep, tags=["Theirs"])
    address = reverse("people:edit-person", args=[ann.key, "tags"])

    sent = {"was": "", "value": ["Mine", "More"]}
    answer = signed_in(rep).post(address, sent, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert 'value="Mine" checked' in answer.content.decode()
    assert tags(ann) == ["Theirs"]


def test_lists_show_tags_with_one_query(signed_in, rep, django_assert_num_queries):
    client = signed_in(rep)
    a_person(owner=rep, tags=["VIP"])
    client.get("/people/")
    with CaptureQueriesContext(connection) as few:
        client.get("/people/")
    for number in range(5):
        a_person(owner=rep, tags=["VIP", f"T{number}"])

    with django_assert_num_queries(len(few)):
        page = client.get("/people/").content.decode()

    assert '<span class="tag">T4</span> <span class="tag">VIP</span>' in page


def test_many_are_tagged_from_the_list_and_those_who_had_it_stay(signed_in, rep):
    ann, bo = a_person(owner=rep), a_person(owner=rep, tags=["VIP"])
    client = signed_in(rep)
    ticked = {"row": [ann.key, bo.key], "asked": ""}

    said = client.post("/bulk/people/tag/", ticked | {"value-tag": "vip"}, follow=True)

    assert (tags(ann), tags(bo)) == (["VIP"], ["VIP"])
    assert "1 person tagged: vip. 1 stays as it was." in said.content.decode()
    said = client.post("/bulk/people/untag/", ticked | {"value-untag": "VIP"}, follow=True)
    assert "2 people without the tag now: VIP." in said.content.decode()
    assert (tags(ann), tags(bo)) == ([], [])


def test_without_a_tag_the_list_asks_for_one(signed_in, rep):
    ann = a_person(owner=rep)

    said = signed_in(rep).post(
        "/bulk/people/tag/", {"row": [ann.key], "asked": "q=x", "value-tag": " "}, follow=True
    )

    assert said.redirect_chain == [("/people/?q=x", 302)]
    assert "Write a tag." in said.content.decode()


def test_companies_are_tagged_from_their_list(signed_in, admin):
    halden = a_company()

    said = signed_in(admin).post(
        "/bulk/companies/tag/", {"row": [halden.key], "value-tag": "Key, New"}, follow=True
    )

    assert tags(halden) == ["Key", "New"]
    assert '<span class="tag">Key</span>' in said.content.decode()


def test_api_takes_gives_and_finds_tags(api_client, admin):
    client = api_client(admin)

    made = client.post(
        "/api/v1/people/",
        {"full_name": "Ann", "origin": "sales", "tags": ["VIP", "Fair"]},
        content_type="application/json",
    ).json()
    edited = client.patch(
        f"/api/v1/people/{made['key']}/",
        {"version": made["version"], "tags": ["Fair", "new"]},
        content_type="application/json",
    ).json()
    tree = '{"field": "person.tags", "op": "in", "value": ["new"]}'
    found = client.get("/api/v1/people/", {"filter": tree}).json()["items"]

    assert (made["tags"], edited["tags"]) == (["Fair", "VIP"], ["Fair", "new"])
    assert [one["key"] for one in found] == [made["key"]]


def test_api_gives_tags_of_companies(api_client, admin):
    made = api_client(admin).post(
        "/api/v1/people/companies/",
        {"name": "Halden", "tags": ["Key"]},
        content_type="application/json",
    )

    assert made.json()["tags"] == ["Key"]


def test_files_bring_tags_and_take_none_off():
    run = ImportRun(source="crm", at=AT, batch=new_key(), currency="EUR")

    def row(text):
        return ImportRow(key="1", values={"full_name": "Ann", "tags": text})

    upsert_people([row("VIP; Fair, fair")], run)
    [second] = upsert_people([row("New")], run)
    [same] = upsert_people([row("vip")], run)
    [wrong] = upsert_people([row("x" * 61)], run)
    upsert_companies([ImportRow(key="h", values={"name": "Halden", "tags": "Key"})], run)
    upsert_companies([ImportRow(key="h", values={"tags": "Key;Old"})], run)

    assert tags(Person.objects.get()) == ["Fair", "New", "VIP"]
    assert tags(Company.objects.get()) == ["Key", "Old"]
    assert (second.status, same.status) == (ImportStatus.UPDATED, ImportStatus.UNCHANGED)
    assert (wrong.status, wrong.field) == (ImportStatus.FAILED, "tags")
