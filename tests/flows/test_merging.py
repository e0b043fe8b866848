"""Two people become one, through all modules, and two again."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.core.changes.actions import NothingToUndo
from baton.core.facts.models import FactRecord
from baton.marketing.campaigns.models import CampaignMember
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.actions import (
    PERSON,
    MergedAlready,
    MergedWithItself,
    edit_person,
    merge_companies,
    merge_people,
    unmerge,
)
from baton.records.people.models import EmailAddress, Identity, Merge, Person, Phone
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.actions import add_note, add_task
from baton.records.timeline.models import Note, Task
from baton.records.timeline.queries import timeline_of
from baton.sales.deals.actions import ensure_default_pipeline, open_deal
from baton.sales.deals.models import Deal

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)
pytestmark = pytest.mark.usefixtures("company")


@pytest.fixture
def kept(rep):
    return a_person(
        full_name="", first_name="Ann", last_name="Lind", phones=["+46 8 123 456"], owner=rep
    )


@pytest.fixture
def merged(rep):
    company = a_company(name="Halden")
    person = a_person(
        full_name="",
        first_name="Ann",
        last_name="Lind",
        phones=["+46 8 123 457"],
        company=company,
        job_title="Buyer",
        custom={"size": "12"},
    )
    ensure_default_pipeline()
    add_note(body="Likes tea", by=rep, at=AT, person=person)
    add_task(title="Call", owner=rep, by=rep, at=AT, person=person)
    open_deal(name="Tea", by=rep, at=AT, person=person, owner=rep)
    return Person.objects.get(pk=person.pk)


def held(person):
    """Everything that says whose it is."""
    person.refresh_from_db()
    return {
        "emails": list(person.emails.order_by("pk").values_list("address", "is_primary")),
        "phones": list(person.phones.order_by("pk").values_list("number", "is_primary")),
        "notes": list(Note.objects.filter(person=person).values_list("body", flat=True)),
        "tasks": list(Task.objects.filter(person=person).values_list("title", flat=True)),
        "deals": list(Deal.objects.filter(person=person).values_list("name", flat=True)),
        "stages": list(
            StageChange.objects.filter(person=person)
            .order_by("place")
            .values_list("to_stage", "from_stage", "is_overtaken")
        ),
        "shown": [
            getattr(person, name)
            for name in ("full_name", "job_title", "company_id", "owner_id", "stage", "custom")
        ],
        "is_there": person.deleted_at is None,
    }


def test_merged_person_brings_everything_along(kept, merged, rep, run_background):
    run_background()
    company_id = merged.company_id

    merge_people(kept=kept, merged=[merged], by=rep, at=LATER)
    run_background()

    found = held(kept)
    assert len(found["emails"]) == len(found["phones"]) == 2
    assert [is_primary for _, is_primary in found["emails"]] == [True, False]
    assert (found["notes"], found["tasks"], found["deals"]) == (["Likes tea"], ["Call"], ["Tea"])
    assert found["shown"] == [
        "Ann Lind",
        "Buyer",
        company_id,
        rep.pk,
        "opportunity",
        {"size": "12"},
    ]
    assert Identity.objects.get(old_id=merged.pk).person_id == kept.pk
    assert not Person.objects.living().filter(pk=merged.pk).exists()


def test_undone_merge_gives_everything_back(kept, merged, rep, run_background):
    run_background()
    before = held(kept), held(merged)

    batch = merge_people(kept=kept, merged=[merged], by=rep, at=LATER)
    run_background()
    outcome = unmerge(batch=batch, by=rep, at=LATER)
    run_background()

    assert (held(kept), held(merged)) == before
    assert outcome.kept_fields == []
    assert not Identity.objects.exists()
    with pytest.raises(NothingToUndo):
        unmerge(batch=batch, by=rep, at=LATER)


def test_field_that_was_edited_since_stays_when_a_merge_is_undone(kept, merged, rep):
    batch = merge_people(kept=kept, merged=[merged], by=rep, at=LATER)
    edit_person(person=kept, values={"job_title": "Boss"}, version=None, by=rep, at=LATER)

    outcome = unmerge(batch=batch, by=rep, at=LATER)

    kept.refresh_from_db()
    assert (outcome.kept_fields, kept.job_title, kept.company_id) == (["job_title"], "Boss", None)


def test_chosen_values_win_over_the_kept_ones(kept, merged, rep):
    merge_people(kept=kept, merged=[merged], by=rep, at=LATER, values={"last_name": "Lindh"})

    kept.refresh_from_db()
    assert kept.full_name == "Ann Lindh"


def test_nobody_is_merged_with_themselves_or_in_a_circle(kept, merged, rep):
    with pytest.raises(MergedWithItself):
        merge_people(kept=kept, merged=[kept], by=rep, at=LATER)
    merge_people(kept=kept, merged=[merged], by=rep, at=LATER)

    with pytest.raises(MergedAlready):
        merge_people(kept=merged, merged=[kept], by=rep, at=LATER)
    with pytest.raises(MergedAlready):
        merge_people(kept=kept, merged=[merged], by=rep, at=LATER)


def test_earlier_merge_is_undone_after_the_later_one(kept, merged, rep):
    third = a_person()
    first = merge_people(kept=kept, merged=[merged], by=rep, at=LATER)
    second = merge_people(kept=third, merged=[kept], by=rep, at=LATER)
    assert set(Identity.objects.values_list("old_id", "person_id")) == {
        (kept.pk, third.pk),
        (merged.pk, third.pk),
    }

    with pytest.raises(MergedAlready):
        unmerge(batch=first, by=rep, at=LATER)
    unmerge(batch=second, by=rep, at=LATER)
    unmerge(batch=first, by=rep, at=LATER)

    assert not Identity.objects.exists()
    assert Note.objects.get().person_id == merged.pk


def test_fifty_at_once_with_as_many_questions_as_one(kept, rep, django_assert_max_num_queries):
    crowd = [a_person(phones=["+46 8 55 55"]) for _ in range(50)]

    with django_assert_max_num_queries(150):
        batch = merge_people(kept=kept, merged=crowd, by=rep, at=LATER)

    assert EmailAddress.objects.filter(person=kept).count() == 51
    assert Phone.objects.filter(person=kept).count() == 2
    assert EmailAddress.objects.filter(person=kept, is_primary=True).count() == 1
    unmerge(batch=batch, by=rep, at=LATER)
    assert all(person.emails.count() == person.phones.count() == 1 for person in crowd)
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_person_stands_where_the_further_one_stood(rep):
    first, second = a_person(), a_person()
    move_person(person_id=first.pk, to_stage="sql", at=AT, cause="x")
    move_person(person_id=second.pk, to_stage="mql", at=AT, cause="x")
    move_person(person_id=second.pk, to_stage="lead", at=LATER, cause="x", is_back=True)

    batch = merge_people(kept=second, merged=[first], by=rep, at=LATER)

    second.refresh_from_db()
    assert second.stage == "sql"
    unmerge(batch=batch, by=rep, at=LATER)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stage, second.stage) == ("sql", "lead")
    assert StageChange.objects.count() == 3


def test_facts_of_both_are_told_on_one_timeline(kept, merged, rep, run_background):
    run_background()
    merge_people(kept=kept, merged=[merged], by=rep, at=LATER)

    told = FactRecord.objects.filter(name="person.merged").get()
    assert (told.person_id, told.payload["merged_id"]) == (kept.pk, merged.pk)
    assert CampaignMember.objects.count() == 0


def test_page_of_the_merged_one_leads_to_the_kept(kept, merged, rep, outsider, signed_in):
    merge_people(kept=kept, merged=[merged], by=rep, at=LATER)

    leading = signed_in(rep).get(merged.get_absolute_url())

    assert (leading.status_code, leading.headers["Location"]) == (302, kept.get_absolute_url())
    assert signed_in(outsider).get(merged.get_absolute_url()).status_code == 404


def test_merged_person_lies_in_no_trash(kept, merged, rep, admin, signed_in):
    merge_people(kept=kept, merged=[merged], by=rep, at=LATER)
    PERSON.restore([merged.pk], admin, LATER)

    merged.refresh_from_db()
    assert merged.deleted_at == LATER
    assert b"Ann Lind" not in signed_in(admin).get("/changes/trash/").content


def test_companies_become_one_and_two_again(rep):
    mother = a_company(name="Halden AB")
    kept = a_company(name="Halden", parent=mother)
    merged = a_company(name="Halden Ltd", city="Oslo", domains=["halden.no"])
    person = a_person(company=merged)
    add_note(body="Big", by=rep, at=AT, company=merged)

    batch = merge_companies(kept=kept, merged=[merged, mother], by=rep, at=LATER)

    kept.refresh_from_db()
    told = {entry.title for entry in timeline_of(company_id=kept.pk).entries}
    assert "Company added" in told
    assert sum("Note" in title for title in told) == 1
    assert (kept.city, kept.parent, kept.domains.count()) == ("Oslo", None, 3)
    assert Note.objects.get().company_id == kept.pk
    unmerge(batch=batch, by=rep, at=LATER)
    kept.refresh_from_db()
    person.refresh_from_db()
    assert (kept.city, kept.parent, kept.domains.count()) == ("", mother, 1)
    assert (person.company, Note.objects.get().company) == (merged, merged)
