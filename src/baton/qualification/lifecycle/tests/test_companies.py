import pytest
from django.urls import reverse

from baton.core.changes.actions import restore_record, undo
from baton.core.changes.models import Change
from baton.qualification.lifecycle import actions, tasks
from baton.qualification.lifecycle.rules import furthest
from baton.records.people.actions import PERSON, edit_person, trash_people
from baton.records.people.models import Company
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db


def stage(company):
    company.refresh_from_db()
    return company.stage


def moved(person, to_stage):
    actions.move_person(person_id=person.pk, to_stage=to_stage, at=AT, cause="test")


def by_hand(company, to_stage, by=None):
    return actions.set_company_stage(
        company=company, to_stage=to_stage, reason="They pay elsewhere", by=by, at=AT
    )


def test_furthest_stage_is_the_highest():
    assert furthest(["lead", "customer", "mql"]) == "customer"
    assert (furthest(["other"]), furthest([])) == ("other", "")


def test_company_is_no_further_than_its_people_once_a_move_of_one_is_taken_back(
    run_background, admin
):
    ann = a_person(company=a_company())
    run_background()
    batch = actions.move_by_hand(
        person=ann, to_stage="customer", reason="They pay elsewhere", by=admin, at=AT
    )
    run_background()
    moved_on = stage(ann.company)

    actions.undo_move(batch=batch, by=admin, at=AT)
    run_background()

    assert (moved_on, stage(ann.company)) == ("customer", "lead")


def test_company_is_as_far_as_the_furthest_of_its_people(run_background):
    halden, empty = a_company(), a_company()
    ann, _bo = a_person(company=halden), a_person(company=halden)
    run_background()
    first = stage(halden)

    moved(ann, "customer")
    run_background()

    assert (first, stage(halden), stage(empty)) == ("lead", "customer", "")
    trash_people(people_ids=[ann.pk], by=None, at=AT)
    run_background()
    assert stage(halden) == "lead"
    restore_record(kind=PERSON, record_id=ann.pk, by=None, at=AT)
    run_background()
    assert stage(halden) == "customer"


def test_who_goes_elsewhere_takes_the_stage_along(run_background):
    halden, orbis = a_company(), a_company()
    ann = a_person(company=halden)
    moved(ann, "sql")
    run_background()

    edit_person(person=ann, values={"company": orbis}, version=None, by=None, at=AT)
    run_background()

    assert (stage(halden), stage(orbis)) == ("", "sql")


def test_what_was_set_by_hand_stays_until_it_is_given_back(run_background, rep):
    halden = a_company()
    ann = a_person(company=halden)
    by_hand(halden, "evangelist", by=rep)
    moved(ann, "mql")
    run_background()
    by_hand_then = stage(halden)

    actions.free_company_stage(company=halden, by=rep, at=AT)

    assert (by_hand_then, stage(halden), halden.stage_reason) == ("evangelist", "mql", "")
    with pytest.raises(actions.NothingByHand):
        actions.free_company_stage(company=halden, by=rep, at=AT)


def test_setting_by_hand_is_taken_back_and_follows_its_people_again(run_background, rep):
    halden = a_company()
    ann = a_person(company=halden)
    run_background()
    batch = by_hand(halden, "customer", by=rep)
    moved(ann, "sql")
    run_background()

    undo(batch=batch, by=rep, at=AT)
    run_background()

    assert (stage(halden), halden.stage_reason) == ("sql", "")
    with pytest.raises(actions.NoReason):
        actions.set_company_stage(company=halden, to_stage="lead", reason=" ", by=rep, at=AT)


def test_many_are_derived_with_few_statements(run_background, django_assert_max_num_queries):
    companies = [a_company() for _ in range(10)]
    for company in companies:
        a_person(company=company)
    Company.objects.update(stage="")

    with django_assert_max_num_queries(6):
        count = actions.derive_companies(company_ids=[one.pk for one in companies], at=AT)

    assert count == 10
    assert actions.derive_companies(company_ids=[one.pk for one in companies], at=AT) == 0


def test_all_are_made_anew_each_night(monkeypatch):
    halden = a_company()
    a_person(company=halden)
    a_company()
    Company.objects.update(stage="customer")
    monkeypatch.setattr(tasks, "BITE", 1)

    tasks.derive_all_companies.func()

    assert list(Company.objects.order_by("pk").values_list("stage", flat=True)) == ["lead", ""]


def test_page_says_who_is_that_far_and_lets_set_it_by_hand(signed_in, rep, run_background):
    halden = a_company(name="Halden", owner=rep)
    ann = a_person(company=halden, owner=rep, full_name="Ann Lund")
    moved(ann, "customer")
    run_background()
    client = signed_in(rep)
    page = client.get(halden.get_absolute_url()).content.decode()

    sent = {"to_stage": "evangelist", "reason": "Told three others"}
    refused = client.post(
        reverse("lifecycle:move-company", args=[halden.key]), {"to_stage": "lead"}
    )
    client.post(reverse("lifecycle:move-company", args=[halden.key]), sent)
    after = client.get(halden.get_absolute_url()).content.decode()
    history = client.get(reverse("people:company-changes", args=[halden.key])).content.decode()
    client.post(reverse("lifecycle:free-company", args=[halden.key]))

    assert "Ann Lund is that far." in page
    assert refused.status_code == 422
    assert "Set by hand: Told three others" in after
    assert "Told three others" in history
    assert stage(halden) == "customer"
    assert Change.objects.filter(object_type="company", cause=actions.BY_HAND).count() == 2


def test_outsider_sets_no_stage(signed_in, outsider, rep):
    halden = a_company(owner=rep)

    for name in ("move-company", "free-company"):
        sent = {"to_stage": "lead", "reason": "x"}
        answer = signed_in(outsider).post(reverse(f"lifecycle:{name}", args=[halden.key]), sent)
        assert answer.status_code == 404


def test_list_shows_and_finds_the_stage(signed_in, admin, run_background):
    halden = a_company(name="Halden")
    a_person(company=halden)
    a_company(name="Orbis")
    run_background()
    client = signed_in(admin)

    page = client.get("/people/companies/", {"filter": '[1,["stage","is","lead"]]'})

    assert [row.object for row in page.context["list"].rows] == [halden]
    assert ">Lead</span>" in page.content.decode()


def test_api_sets_and_frees_the_stage(api_client, admin):
    halden = a_company()
    client, at = api_client(admin), f"/api/v1/lifecycle/companies/{halden.key}/stage"

    made = client.put(at, {"stage": "customer", "reason": "Old"}, content_type="application/json")
    wrong = client.put(at, {"stage": "customer"}, content_type="application/json")
    shown = client.get(f"/api/v1/people/companies/{halden.key}/").json()
    free = client.put(at, {"stage": None}, content_type="application/json")

    assert made.json()["stage"] == "customer"
    assert wrong.status_code == 409
    assert (shown["stage"], shown["stage_reason"]) == ("customer", "Old")
    assert free.json()["stage"] == ""
