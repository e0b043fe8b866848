"""Two people, one deal, one moment. On SQLite writers queue by themselves: nothing to see there."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from baton.core.changes.models import Change
from baton.core.errors import RuleViolation
from baton.records.people.tests.factories import a_person
from baton.sales.deals import actions
from baton.sales.deals.actions import opening
from baton.sales.deals.models import Deal, StageEntry
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

LATER = AT + timedelta(days=1)
on_postgres = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer at a time")


def both(*acts: Callable[[], object]) -> list[object]:
    """Run them in threads that start together; each gives its result or its refusal."""
    barrier, results = Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(timeout=10)
            results.append(act())
        except RuleViolation as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return results


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_let_one_through(company, rep, colleague):
    deal = a_deal(by=rep)
    stages = [a_stage("Meeting"), a_stage("Proposal")]

    results = both(
        lambda: actions.move_deal(deal=deal, stage=stages[0], by=rep, at=LATER, version=1),
        lambda: actions.move_deal(deal=deal, stage=stages[1], by=colleague, at=LATER, version=1),
    )

    assert sorted(isinstance(result, RuleViolation) for result in results) == [False, True]
    assert StageEntry.objects.filter(deal=deal).count() == 2


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_two_wins_at_once_let_one_through(company, rep, colleague):
    deal = a_deal(by=rep)

    results = both(
        lambda: actions.win_deal(deal=deal, by=rep, at=LATER),
        lambda: actions.win_deal(deal=deal, by=colleague, at=LATER),
    )

    refusals = [result for result in results if isinstance(result, actions.AlreadyClosed)]
    assert len(refusals) == 1


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_open_one_deal(company, rep):
    lead = a_person(owner=rep)
    actions.ensure_default_pipeline()

    def click():
        return actions.open_deal(name="Pilot", person=lead, by=rep, at=AT, client_token="click")

    first, second = both(click, click)

    assert first == second == Deal.objects.get()


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_stage_removed_while_a_card_moves_into_it_keeps_no_card(company, rep):
    deal = a_deal(by=rep)
    meeting, new = a_stage("Meeting"), a_stage("New")

    both(
        lambda: actions.move_deal(deal=deal, stage=meeting, by=rep, at=LATER),
        lambda: actions.remove_stage(stage=meeting, move_to=new, by=rep, at=LATER),
    )

    assert Deal.objects.get().stage == new


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_two_deals_opened_at_once_with_a_lead_make_one_company(company, rep):
    ann = a_person(emails=["ann@halden.example"], owner=rep)
    bo = a_person(emails=["bo@halden.example"], owner=rep)

    def opens(person):
        return lambda: actions.open_deal(name="Meters", person=person, by=rep, at=LATER)

    both(opens(ann), opens(ann))
    both(opens(bo), opens(ann))

    assert list(Deal.objects.values_list("company__name", flat=True)) == ["halden.example"] * 4
    assert Change.objects.filter(object_type="person", verb="edited").count() == 2


@pytest.mark.django_db
def test_second_click_that_saw_no_deal_yet_reads_the_first(company, rep):
    first = a_deal(by=rep, client_token="click")
    late = Deal(
        name="Pilot",
        person=first.person,
        owner=rep,
        currency="EUR",
        client_token=first.client_token,
    )

    found = opening._open_once(opening.Opening(deal=late, stage=None, pipeline=None, by=rep, at=AT))

    assert found == first
    assert Deal.objects.count() == 1
