"""Several people of one deal: roles, whose name stands first, what is told, undone and found."""

from datetime import timedelta

import pytest

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.records.people.actions import merge_people, trash_people, unmerge
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.actions import add_note
from baton.records.timeline.queries import timeline_of
from baton.sales.deals import actions
from baton.sales.deals.actions import GateClosed, NobodyToSellTo, NoSuchRole, NotOfTheDeal
from baton.sales.deals.actions.foreign_deal import ForeignDeal
from baton.sales.deals.actions.importing import import_deals
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import (
    deal_subject,
    deals_of_person,
    people_count,
    people_of,
    with_roles,
)
from baton.sales.deals.rules.people import Lack, lacks
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
HTMX = {"hx-request": "true"}


@pytest.fixture
def ann(rep):
    return a_person(full_name="Ann Lind", owner=rep, emails=["ann@gmail.com"])


@pytest.fixture
def ben(rep):
    return a_person(full_name="Ben Moss", owner=rep, buying_role="champion")


@pytest.fixture
def deal(company, rep, ann):
    return a_deal(by=rep, person=ann)


def parts(deal, user):
    deal = Deal.objects.get(pk=deal.pk)
    return [(str(one.person), one.role, one.is_primary) for one in people_of(deal, user=user)]


def told(person):
    rows = FactRecord.objects.filter(name__startswith="deal.person", person_id=person.pk)
    return [(row.name, row.payload.get("role", "")) for row in rows.order_by("pk")]


def test_somebody_joins_in_a_role_and_stays_beside_the_primary(deal, rep, ben):
    actions.add_person(deal=deal, person=ben, role="champion", by=rep, at=LATER)
    actions.add_person(deal=deal, person=ben, role="champion", by=rep, at=LATER)

    assert parts(deal, rep) == [("Ann Lind", "", True), ("Ben Moss", "champion", False)]
    assert told(ben) == [("deal.person_added", "champion")]


def test_another_role_is_told_and_nonsense_is_refused(deal, rep, ann):
    actions.set_role(deal=deal, person=ann, role="decision_maker", by=rep, at=LATER)

    with pytest.raises(NoSuchRole):
        actions.set_role(deal=deal, person=ann, role="boss", by=rep, at=LATER)

    assert parts(deal, rep) == [("Ann Lind", "decision_maker", True)]
    assert told(ann) == [("deal.person_role", "decision_maker")]


def test_the_primary_changes_and_the_former_one_stays(deal, rep, ann, ben):
    batch = new_key()
    actions.add_person(deal=deal, person=ben, by=rep, at=LATER)
    actions.make_primary(deal=deal, person=ben, by=rep, at=LATER, batch=batch)

    assert parts(deal, rep) == [("Ben Moss", "", True), ("Ann Lind", "", False)]
    ben.refresh_from_db()
    assert ben.stage == "opportunity"
    undo(batch=batch, by=rep, at=LATER)
    assert parts(deal, rep) == [("Ann Lind", "", True), ("Ben Moss", "", False)]
    assert told(ann) == []


def test_who_left_comes_back_with_their_role(deal, rep, ben):
    batch = new_key()
    actions.add_person(deal=deal, person=ben, role="evaluator", by=rep, at=LATER)
    actions.remove_person(deal=deal, person=ben, by=rep, at=LATER, batch=batch)
    assert parts(deal, rep) == [("Ann Lind", "", True)]

    undo(batch=batch, by=rep, at=LATER)

    assert parts(deal, rep) == [("Ann Lind", "", True), ("Ben Moss", "evaluator", False)]
    assert [name for name, _role in told(ben)] == [
        "deal.person_added",
        "deal.person_removed",
        "deal.person_added",
    ]


def test_in_the_place_of_the_primary_comes_the_next(deal, rep, ann, ben):
    actions.add_person(deal=deal, person=ben, by=rep, at=LATER)

    actions.remove_person(deal=deal, person=ann, by=rep, at=LATER)

    assert parts(deal, rep) == [("Ben Moss", "", True)]
    assert told(ann) == [("deal.person_removed", "")]
    with pytest.raises(NobodyToSellTo):
        actions.remove_person(deal=deal, person=ben, by=rep, at=LATER)
    with pytest.raises(NotOfTheDeal):
        actions.set_role(deal=deal, person=ann, role="champion", by=rep, at=LATER)


def test_who_lies_in_the_trash_takes_nobodys_place(deal, rep, ann, ben):
    cleo = a_person(full_name="Cleo Hart", owner=rep)
    actions.add_person(deal=deal, person=ben, by=rep, at=LATER)
    actions.add_person(deal=deal, person=cleo, by=rep, at=LATER)
    trash_people(people_ids=[ben.pk], by=rep, at=LATER)

    actions.remove_person(deal=deal, person=ann, by=rep, at=LATER)

    assert parts(deal, rep) == [("Cleo Hart", "", True)]


def test_an_undo_leaves_alone_what_became_of_others_since(deal, rep, ben):
    batch = new_key()
    eva = a_person(full_name="Eva Roth", owner=rep)
    actions.add_person(deal=deal, person=ben, by=rep, at=LATER, batch=batch)
    actions.add_person(deal=deal, person=eva, role="procurement", by=rep, at=LATER)

    undo(batch=batch, by=rep, at=LATER)

    assert parts(deal, rep) == [("Ann Lind", "", True), ("Eva Roth", "procurement", False)]


def test_timeline_of_the_deal_takes_the_facts_of_all_its_people(deal, rep, ben):
    add_note(body="Budget in May", person=ben, by=rep, at=AT)
    actions.add_person(deal=deal, person=ben, by=rep, at=LATER)

    subject = deal_subject(Deal.objects.get(), user=rep)
    entries = timeline_of(person_ids=subject.person_ids, deal_id=deal.pk, user=rep).entries

    assert "Budget in May" in {entry.quote for entry in entries}
    assert "Part of the deal" in {entry.title for entry in entries}


def test_whom_one_does_not_see_is_named_and_tells_nothing(deal, rep, outsider):
    other = a_person(full_name="Otto North", owner=outsider)
    actions.add_person(deal=deal, person=other, by=outsider, at=LATER)

    assert [one.is_seen for one in people_of(Deal.objects.get(), user=rep)] == [True, False]
    assert other.pk not in deal_subject(Deal.objects.get(), user=rep).person_ids


def test_a_persons_deals_are_those_of_any_part(deal, rep, ben, signed_in):
    actions.add_person(deal=deal, person=ben, role="champion", by=rep, at=LATER)

    assert list(deals_of_person(ben, user=rep)) == [deal]
    page = signed_in(rep).get(ben.get_absolute_url()).content.decode()
    assert deal.name in page
    assert "Champion" in page


@pytest.mark.parametrize(
    ("roles", "decides", "found"),
    [
        (["decision_maker", ""], "", []),
        (["", "champion"], "", [Lack.DECISION_MAKER]),
        (["", "champion"], "Mr Moss", []),
        (["decision_maker"], "", [Lack.OTHERS]),
        ([""], "", [Lack.DECISION_MAKER, Lack.OTHERS]),
        ([], "", [Lack.DECISION_MAKER]),
    ],
)
def test_what_a_deal_lacks(roles, decides, found):
    assert lacks(roles, decides=decides) == found


def test_found_by_role_and_by_how_many(deal, rep, ann, ben):
    alone = a_deal(by=rep, company=a_company(), person=None)
    actions.add_person(deal=deal, person=ben, role="champion", by=rep, at=LATER)
    actions.set_role(deal=deal, person=ann, role="decision_maker", by=rep, at=LATER)

    counts = dict(Deal.objects.annotate(n=people_count()).values_list("pk", "n"))
    assert counts == {deal.pk: 2, alone.pk: 0}
    assert list(Deal.objects.filter(with_roles(["champion"]))) == [deal]
    assert list(Deal.objects.filter(with_roles(["procurement"]))) == []
    assert list(Deal.objects.exclude(with_roles([]))) == [alone]


def test_a_gate_that_asks_who_decides_is_open_with_one_in_that_role(deal, rep, ann):
    stage = a_stage("Negotiation")
    actions.set_gate(stage=stage, asked=["decision_maker"])
    with pytest.raises(GateClosed):
        actions.move_deal(deal=deal, stage=stage, by=rep, at=LATER)

    actions.set_role(deal=deal, person=ann, role="decision_maker", by=rep, at=LATER)

    assert actions.move_deal(deal=deal, stage=stage, by=rep, at=LATER).stage == stage


def test_merged_people_take_their_parts_along_and_back(deal, rep, ann, ben):
    twin = a_person(full_name="Benjamin Moss", owner=rep)
    actions.add_person(deal=deal, person=ben, role="champion", by=rep, at=LATER)

    batch = merge_people(kept=twin, merged=[ben], by=rep, at=LATER)
    assert parts(deal, rep) == [("Ann Lind", "", True), ("Benjamin Moss", "champion", False)]
    unmerge(batch=batch, by=rep, at=LATER)

    assert parts(deal, rep)[1] == ("Ben Moss", "champion", False)


def test_two_parts_become_one_when_their_people_do(deal, rep, ann, ben):
    actions.add_person(deal=deal, person=ben, role="champion", by=rep, at=LATER)

    merge_people(kept=ann, merged=[ben], by=rep, at=LATER)

    assert len(parts(deal, rep)) == 1


def bring(at=LATER, **said):
    one = ForeignDeal(external_id="7", stage=a_stage("New"), currency="EUR", opened_at=AT, **said)
    batch = new_key()
    [told] = import_deals(deals=[one], source="crm", at=at, batch=batch)
    return told.status, batch


def test_a_file_adds_people_of_whom_the_first_is_the_primary(company, rep, ann, ben):
    assert bring(people=(ann, ben))[0] == "created"
    assert bring(people=(ann, ben))[0] == "unchanged"
    eva = a_person(full_name="Eva Roth", owner=rep)
    status, batch = bring(people=(ann, eva))

    deal = Deal.objects.get()
    deal.owner = rep
    deal.save()
    assert status == "updated"
    assert [name for name, _role, _first in parts(deal, rep)] == [
        "Ann Lind",
        "Ben Moss",
        "Eva Roth",
    ]
    assert told(ben) == [("deal.person_added", "")]
    undo(batch=batch, by=rep, at=LATER)
    assert [name for name, _role, _first in parts(deal, rep)] == ["Ann Lind", "Ben Moss"]


def test_whom_a_colleague_took_off_no_file_brings_back(company, rep, ann, ben):
    bring(people=(ann, ben))
    actions.remove_person(deal=Deal.objects.get(), person=ben, by=rep, at=LATER)

    assert bring(people=(ann, ben))[0] == "unchanged"
