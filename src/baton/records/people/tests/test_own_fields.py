"""Own fields of people and companies: required, read only, begun with, and what rules refuse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.fields.actions import NotAccepted
from baton.core.fields.models import ValidationRule
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.records.people.actions import (
    create_company,
    create_people,
    create_person,
    edit_person,
    give_people,
    tag_people,
    untag_people,
)
from baton.records.people.models import Company, Person
from baton.records.people.queries import tags_of
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
TIERS = [Option("gold", "Gold"), Option("tin", "Tin")]
NO_TITLE = {"field": "person.job_title", "op": "is_empty"}
MESSAGE = "Gold people need a job title."


def a_rule(condition=None, **over):
    gold = {"field": "person.custom.tier", "op": "is", "value": "gold"}
    usual = {"object_type": "person", "message": MESSAGE, **over}
    return ValidationRule.objects.create(**usual, condition=condition or {"all": [gold, NO_TITLE]})


def a_tier(**over):
    return a_field("Tier", kind="choice", options=TIERS, **over)


def new(by, **over):
    return create_person(**{"at": AT, "origin": "sales", "full_name": "Ann", "by": by, **over})


def edit(person, by, **values):
    return edit_person(person=person, values=values, version=None, by=by, at=AT)


def test_required_field_is_asked_of_its_roles_only(rep, admin):
    a_tier(required_for=["rep"])

    with pytest.raises(NotAccepted, match="A person needs “Tier”") as refused:
        new(rep)
    by_others = [new(admin), new(None)]

    assert refused.value.fields == ("custom.tier",)
    assert list(Person.objects.order_by("pk")) == by_others


def test_required_field_cannot_be_emptied_but_may_stay_empty(rep):
    a_tier(required_for=["rep"])
    empty, known = a_person(), a_person(custom={"tier": "gold"})

    edit(empty, rep, job_title="Head")
    with pytest.raises(NotAccepted, match="needs “Tier”"):
        edit(known, rep, custom={})

    known.refresh_from_db()
    assert known.custom == {"tier": "gold"}


def test_read_only_field_is_changed_by_others_only(rep, admin):
    a_tier(read_only_for=["rep"])
    person = a_person(custom={"tier": "tin"})

    with pytest.raises(NotAccepted, match="you can only read it"):
        edit(person, rep, custom={"tier": "gold"})
    with pytest.raises(NotAccepted, match="you can only read it"):
        new(rep, custom={"tier": "gold"})

    assert edit(person, admin, custom={"tier": "gold"}).custom == {"tier": "gold"}


def test_new_record_begins_with_the_defaults(rep):
    a_tier(default="tin", read_only_for=["rep"], object_type="company")
    a_tier(default="tin")

    company = create_company(name="Lund", at=AT, by=rep)
    [filed] = create_people(
        new=[{"full_name": "Bo", "origin": "marketing", "at": AT}], cause="import"
    )

    found = [company.custom, new(rep).custom, new(rep, custom={"tier": "gold"}).custom]
    assert found == [{"tier": "tin"}, {"tier": "tin"}, {"tier": "gold"}]
    assert filed.custom == {}


def test_rule_refuses_an_edit_and_writes_nothing(rep):
    a_tier()
    a_rule()
    person = a_person(job_title="Head")

    edit(person, rep, custom={"tier": "gold"})
    with pytest.raises(NotAccepted, match=MESSAGE):
        edit(person, rep, job_title="")
    with pytest.raises(NotAccepted, match=MESSAGE):
        new(rep, custom={"tier": "gold"})

    person.refresh_from_db()
    assert (person.job_title, Person.objects.count()) == ("Head", 1)


def test_rule_asks_nobody_but_people_and_files(rep):
    a_tier()
    rule = a_rule()

    assert new(None, custom={"tier": "gold"}).custom == {"tier": "gold"}
    with pytest.raises(NotAccepted, match=MESSAGE):
        create_people(
            new=[{"full_name": "Bo", "origin": "sales", "at": AT, "custom": {"tier": "gold"}}],
            cause="import",
        )
    ValidationRule.objects.filter(pk=rule.pk).update(is_on=False)
    assert new(rep, custom={"tier": "gold"}).custom == {"tier": "gold"}


def test_rule_of_a_field_that_is_gone_refuses_nobody(rep):
    a_rule({"field": "person.custom.gone", "op": "is_set"})

    assert edit(a_person(), rep, job_title="Head").job_title == "Head"


def test_undo_brings_back_what_a_rule_refuses_by_now(rep):
    a_tier()
    person = a_person(custom={"tier": "gold"})
    edit(person, rep, job_title="Head")
    a_rule()

    undo(batch=Change.objects.get(object_id=person.pk, verb="edited").batch, by=rep, at=AT)

    person.refresh_from_db()
    assert person.job_title == ""


def test_many_at_once_are_asked_by_one_query_and_the_refused_stay(rep, admin):
    a_rule({"all": [{"field": "person.owner", "op": "is_set"}, NO_TITLE]})
    good = [a_person(job_title="Head") for _ in range(3)]
    bad = a_person()
    ids, batch = [one.pk for one in (*good, bad)], bad.key

    kept = give_people(people_ids=ids, owner=rep, by=admin, at=AT, batch=batch)

    owned = set(Person.objects.filter(owner=rep).values_list("pk", flat=True))
    assert (kept, owned) == (1, {one.pk for one in good})
    with pytest.raises(NotAccepted, match=MESSAGE):
        give_people(people_ids=[bad.pk], owner=rep, by=admin, at=AT, batch=batch)


def test_tags_of_many_obey_rules_and_the_refused_keep_theirs(rep):
    a_rule({"all": [{"field": "person.tags", "op": "in", "value": ["vip"]}, NO_TITLE]})
    good, bad = a_person(job_title="Head"), a_person()
    both, done = [good.pk, bad.pk], {"names": ["VIP", "Fair"], "by": rep, "at": AT}

    tag_people(people_ids=both, **done)
    put = tags_of(Person, both)
    with pytest.raises(NotAccepted, match=MESSAGE):
        tag_people(people_ids=[bad.pk], **done)

    assert put == {good.pk: ["Fair", "VIP"], bad.pk: []}


def test_tags_are_not_taken_off_where_a_rule_wants_them(rep):
    a_rule({"all": [{"field": "person.tags", "op": "is_empty"}, NO_TITLE]})
    good, bad = a_person(job_title="Head", tags=["VIP"]), a_person(tags=["VIP"])
    both = [good.pk, bad.pk]

    untag_people(people_ids=both, names=["VIP"], by=rep, at=AT)

    assert tags_of(Person, both) == {good.pk: [], bad.pk: ["VIP"]}
    assert not Change.objects.filter(object_id=bad.pk, verb="edited").exists()


def test_rules_cost_an_edit_the_same_however_many(rep, django_assert_num_queries):
    a_tier()
    a_rule()
    person = a_person(job_title="Head")
    edit(person, rep, language="de")

    with django_assert_num_queries(count := 10):
        edit(person, rep, language="en")
    for number in range(3):
        a_field(f"F{number}")
        a_rule()
    with django_assert_num_queries(count):
        edit(person, rep, language="fr")
    person.refresh_from_db()
    assert person.language == "fr"


def test_form_of_a_new_person_asks_for_what_is_required(rep, signed_in):
    a_tier(required_for=["rep"])
    a_field("Size", kind="number", required_for=["rep"])
    page, browser = reverse("people:new"), signed_in(rep)
    typed = {"first_name": "Ann", "origin": "sales"}

    shown = browser.get(page).content.decode()
    bare = browser.post(page, typed)
    wrong = browser.post(page, {**typed, "custom.tier": "gold", "custom.size": "big"})
    browser.post(page, {**typed, "custom.tier": "gold", "custom.size": "3.50"})

    assert 'name="custom.tier"' in shown
    assert (bare.status_code, wrong.status_code) == (422, 422)
    assert "“big” is no number." in wrong.content.decode()
    assert Person.objects.get().custom == {"tier": "gold", "size": "3.5"}


def test_form_of_a_new_company_asks_for_what_is_required(admin, signed_in):
    a_tier(object_type="company", required_for=["admin"])

    signed_in(admin).post(reverse("people:new-company"), {"name": "Lund", "custom.tier": "tin"})

    assert Company.objects.get().custom == {"tier": "tin"}


def test_field_is_edited_in_place_with_its_error(rep, signed_in):
    options = [*TIERS, Option("iron", "Iron", is_retired=True)]
    a_field("Tiers", kind="choices", options=options, group="Value")
    person = a_person(owner=rep, custom={"tiers": ["iron"]})
    url = reverse("people:edit-person", args=[person.key, "custom-tiers"])
    browser, htmx = signed_in(rep), {"HX-Request": "true"}

    form = browser.get(url, headers=htmx).content.decode()
    browser.post(url, {"value": ["tin", "iron"], "was": "iron"}, headers=htmx)
    page = browser.get(person.get_absolute_url()).content.decode()

    assert form.count("checkbox") == 3
    assert Person.objects.get().custom == {"tiers": ["tin", "iron"]}
    assert "Tin, Iron" in page
    assert ">Value<" in page


def test_many_empty_fields_of_a_heading_are_folded(rep, signed_in):
    for number in range(6):
        a_field(f"Meter {number}", group="Plant")
    person = a_person(owner=rep, custom={"meter_2": "known"})

    page = signed_in(rep).get(person.get_absolute_url())

    [group] = page.context["own_groups"]
    assert (group.heading, [prop.text for prop in group.shown]) == ("Plant", ["known"])
    assert len(group.folded) == 5
    assert "5 empty fields" in page.content.decode()


def test_rule_refuses_over_the_api(rep, api_client):
    a_tier(required_for=["rep"])
    a_rule()
    client, url = api_client(rep), "/api/v1/people/"

    bare = client.post(url, {"full_name": "Ann", "origin": "sales"}, "application/json")
    sent = {"full_name": "Ann", "origin": "sales", "custom": {"tier": "Gold"}}
    broken = client.post(url, sent, "application/json")
    made = client.post(url, {**sent, "job_title": "Head"}, "application/json")
    unknown = client.post(url, {**sent, "custom": {"size": 1}}, "application/json")
    wrong = client.post(url, {**sent, "custom": {"tier": "lead"}}, "application/json")

    assert (bare.status_code, bare.json()["fields"]) == (409, ["custom.tier"])
    assert (broken.status_code, broken.json()["detail"]) == (409, MESSAGE)
    assert (made.status_code, made.json()["custom"]) == (201, {"tier": "gold"})
    assert (unknown.status_code, wrong.status_code) == (422, 422)


@pytest.mark.parametrize("kind", ["user", "choice", "money"])
def test_page_costs_the_same_however_many_fields(rep, signed_in, kind):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            browser.get(person.get_absolute_url())
        return len(asked)

    values = {f"f{n}": {"user": str(rep.key), "money": "3"}.get(kind, "gold") for n in range(6)}
    person, browser = a_person(owner=rep, custom=values), signed_in(rep)
    a_field("F0", kind=kind, options=TIERS if kind == "choice" else [])
    cost()
    before = cost()
    for number in range(1, 6):
        a_field(f"F{number}", kind=kind, options=TIERS if kind == "choice" else [])

    assert cost() == before
