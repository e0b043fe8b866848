from datetime import timedelta
from typing import Any

import pytest

from baton.core.access.actions import create_user
from baton.core.access.models import Share
from baton.core.access.roles import Role
from baton.core.changes.actions import undo
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.qualification.handoff.rules import Gives
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company
from baton.records.timeline.actions import log_activity
from baton.sales.customers import actions
from baton.sales.customers.models import Customer
from baton.sales.customers.rules import Handover
from baton.sales.customers.tests.factories import AT, a_customer, a_won_deal, an_owners_agreement
from baton.sales.deals.actions import lose_deal, reopen_deal, win_deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR = timedelta(hours=1)


@pytest.fixture
def cora(south):
    return create_user(
        name="Cora",
        role=Role.CUSTOMER_OWNER,
        email="cora@fennmark.example",
        password="Cora",
        team=south,
    )


def _told(name: str) -> list[Any]:
    return list(FactRecord.objects.filter(name=name).values_list("payload", flat=True))


def test_won_deal_starts_a_customer_and_asks_the_customer_owner(rep, cora, run_background):
    deal = a_deal(by=rep)
    run_background()

    win_deal(deal=deal, by=rep, at=AT)
    run_background()

    customer = Customer.objects.get()
    assert (customer.owner, customer.seller, customer.person) == (cora, rep, deal.person)
    assert customer.handover == Handover.WAITING
    assert customer.accept_due_at == AT + 24 * HOUR  # eight hours of work
    assert Notice.objects.filter(user=cora, kind="customer.started").count() == 1


def test_seller_keeps_them_where_there_is_no_customer_owner(rep):
    customer = a_customer(by=rep)

    assert (customer.owner, customer.handover) == (rep, Handover.NONE)


def test_turns_go_to_who_has_the_fewest(rep, cora, north):
    dora = create_user(
        name="Dora", role=Role.CUSTOMER_OWNER, email="d@fennmark.example", password="d", team=north
    )

    owners = [a_customer(by=rep).owner for _ in range(4)]

    assert owners == [cora, dora, cora, dora]


def test_agreement_names_one_colleague(rep, colleague, cora):
    an_owners_agreement(gives=Gives.ONE.value, given_to_id=colleague.pk)

    assert a_customer(by=rep).owner == colleague


def test_second_win_makes_no_second_customer(rep, run_background):
    firm = a_company(name="Halden", owner=rep)
    first = a_customer(by=rep, company=firm)
    run_background()

    win_deal(deal=a_deal(by=rep, company=firm), by=rep, at=AT)
    run_background()

    assert list(Customer.objects.all()) == [first]
    with pytest.raises(actions.IsCustomer):
        actions.start_customer(deal=a_won_deal(by=rep, company=firm), by=rep, at=AT)


def test_imported_wins_ring_nobody(rep, cora, run_background):
    run_background()
    with origin(Origin.IMPORT):
        deal = a_won_deal(by=rep)
    run_background()
    assert not Customer.objects.exists()

    by_hand = actions.start_customer(deal=deal, by=rep, at=AT)

    assert by_hand.started_at == deal.closed_at


def test_owner_of_another_team_sees_person_and_company(rep, cora):
    firm = a_company(name="Halden", owner=rep)
    customer = a_customer(by=rep, company=firm)

    assert Company.objects.visible_to(cora).filter(pk=firm.pk).exists()

    actions.give_customer(customer=customer, owner=rep, by=rep, at=AT)
    assert not Company.objects.visible_to(cora).filter(pk=firm.pk).exists()


def test_accept_then_call_in_time(rep, cora):
    customer = a_customer(by=rep)

    accepted = actions.accept_customer(customer=customer, by=cora, at=AT + 2 * HOUR)
    done = actions.note_call(customer=accepted, by=cora, at=AT + 3 * HOUR)

    assert accepted.call_due_at == AT + timedelta(days=2) + 2 * HOUR  # 16 hours of work
    assert (done.handover, done.accept_late, done.call_late) == (Handover.DONE, False, False)
    with pytest.raises(actions.NothingOwed):
        actions.accept_customer(customer=customer, by=cora, at=AT)


def test_lateness_is_told_once_and_kept(rep, cora, run_background):
    boss = create_user(name="Bo", role=Role.SALES_MANAGER, email="bo@x.example", password="b")
    cora.manager = boss
    cora.save()
    customer = a_customer(by=rep)
    late = AT + 25 * HOUR

    told = [actions.tell_late(customer=customer, at=late) for _ in range(2)]
    accepted = actions.accept_customer(customer=customer, by=cora, at=late + HOUR)

    assert told == [True, False]
    assert [one["promise"] for one in _told("customer.handover_late")] == ["accept"]
    assert accepted.accept_late
    assert _told("customer.accepted")[0]["is_late"]


def test_manager_is_told_of_what_they_see(rep, cora, south, run_background):
    boss = create_user(
        name="Bo", role=Role.SALES_MANAGER, email="bo@x.example", password="b", team=south
    )
    cora.manager = boss
    cora.save()
    customer = a_customer(by=rep)
    run_background()

    actions.tell_late(customer=customer, at=AT + 25 * HOUR)
    run_background()

    assert Notice.objects.filter(user=boss, kind="customer.handover_late").count() == 1


def test_not_late_before_the_clock_is_over(rep, cora):
    customer = a_customer(by=rep)

    assert not actions.tell_late(customer=customer, at=AT + 24 * HOUR)


def test_talk_of_the_owner_is_the_first_call(rep, cora, run_background):
    customer = a_customer(by=rep)
    actions.accept_customer(customer=customer, by=cora, at=AT)
    run_background()
    call: dict[str, Any] = {"kind": "call", "person": customer.person, "at": AT + HOUR}

    log_activity(outcome="unanswered", by=cora, **call)
    log_activity(outcome="conversation", by=rep, **call)
    run_background()
    customer.refresh_from_db()
    assert customer.handover == Handover.ACCEPTED

    log_activity(outcome="conversation", by=cora, **call)
    run_background()
    customer.refresh_from_db()
    assert (customer.handover, customer.called_at) == (Handover.DONE, AT + HOUR)


def test_giving_to_another_starts_their_clock_and_undo_takes_it_back(rep, cora, colleague):
    customer = a_customer(by=rep)
    actions.accept_customer(customer=customer, by=cora, at=AT)

    batch = actions.give_customer(
        customer=customer, owner=colleague, by=rep, at=AT + HOUR, note="Call before ten"
    )
    customer.refresh_from_db()
    assert (customer.owner, customer.handover) == (colleague, Handover.WAITING)
    assert (customer.note, customer.accepted_at) == ("Call before ten", None)

    undo(batch=batch, by=rep, at=AT + HOUR)
    customer.refresh_from_db()
    assert (customer.owner, customer.handover, customer.note) == (cora, Handover.ACCEPTED, "")
    assert customer.accepted_at == AT
    assert Share.objects.filter(cause="customer", user=cora).count() == 1


def test_viewer_cannot_own(rep, cora):
    viewer = create_user(name="Vera", role=Role.VIEWER, email="v@x.example", password="v")

    with pytest.raises(actions.CannotOwn):
        actions.give_customer(customer=a_customer(by=rep), owner=viewer, by=rep, at=AT)


def test_undone_win_withdraws_who_was_not_taken_over(rep, cora, run_background):
    deal = a_deal(by=rep)
    run_background()
    win_deal(deal=deal, by=rep, at=AT)
    run_background()

    reopen_deal(deal=deal, by=rep, at=AT)
    lose_deal(deal=deal, reason="price", by=rep, at=AT)
    run_background()
    assert not Customer.objects.living().exists()

    reopen_deal(deal=deal, by=rep, at=AT)
    win_deal(deal=deal, by=rep, at=AT)
    run_background()
    assert Customer.objects.living().count() == 1


def test_who_was_taken_over_stays_when_the_deal_is_opened_again(rep, cora):
    customer = a_customer(by=rep)
    actions.accept_customer(customer=customer, by=cora, at=AT)
    assert customer.deal
    reopen_deal(deal=customer.deal, by=rep, at=AT)

    assert not actions.withdraw_customer(deal_id=customer.deal.pk, at=AT)


def test_trash_closes_the_records_and_undo_opens_them(rep, cora):
    customer = a_customer(by=rep)

    batch = actions.trash_customer(customer=customer, by=rep, at=AT)
    assert not Person.objects.visible_to(cora).exists()

    undo(batch=batch, by=rep, at=AT)
    assert Person.objects.visible_to(cora).exists()
    assert Customer.objects.living().get() == customer
