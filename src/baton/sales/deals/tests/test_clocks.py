"""The agreement's clocks of open deals: none lies idle, and each has a next step."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions as handoff
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.queries.promised import clocks_kept, owed_clocks, subjects_of
from baton.qualification.handoff.tests.factories import a_form_sent, a_rep, an_agreement
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import log_activity
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, DealPerson
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
DAY, EVENING = timedelta(days=1), timedelta(hours=7)  # 17:00 in Berlin of a day that began at 10
FRIDAY = datetime(2026, 3, 6, 16, tzinfo=UTC)  # the end of that week


@pytest.fixture
def rep(company):
    return a_rep("Teo")


@pytest.fixture
def idle(company):
    return an_agreement({"idle_days": 4})


@pytest.fixture
def steps(company):
    return an_agreement({"step_days": 1})


def edit(deal, *, at, **values):
    deal.refresh_from_db()
    actions.edit_deal(deal=deal, values=values, version=None, by=deal.owner, at=at)


def late_facts():
    return FactRecord.objects.filter(name="clock.ran_out").count()


def running():
    return Clock.objects.get(stopped_at=None)


def test_a_deal_may_lie_for_so_many_working_days(idle, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    run_background()
    clock = running()
    assert (clock.kind, clock.deal_id, clock.owner) == ("idle", deal.pk, rep)
    assert clock.due_at == FRIDAY


def test_a_touch_and_a_move_start_it_anew(idle, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    with transaction.atomic():
        log_activity(person=deal.person, kind="call", outcome="unanswered", by=rep, at=AT + DAY)
    run_background()
    assert running().due_at == FRIDAY + 3 * DAY
    actions.move_deal(deal=deal, stage=a_stage("Proposal"), by=rep, at=AT + 2 * DAY)
    run_background()
    assert running().due_at == FRIDAY + 4 * DAY
    assert deal.person
    a_form_sent(deal.person, code="question", at=AT + 3 * DAY)
    run_background()
    assert running().since == AT + 3 * DAY
    assert Clock.objects.count() == 1


def test_talk_with_anybody_of_the_deal_starts_it_anew(idle, rep, run_background):
    deal, other = a_deal(owner=rep, by=rep), a_deal(owner=rep, by=rep)
    jonas, stranger = a_person(full_name="Jonas"), a_person()
    DealPerson.objects.create(deal=deal, person=jonas, role="influencer")
    run_background()
    with transaction.atomic():
        for whom, days in ((jonas, 1), (stranger, 2)):
            log_activity(person=whom, kind="call", outcome="unanswered", by=rep, at=AT + days * DAY)

    run_background()

    due = dict(Clock.objects.filter(stopped_at=None).values_list("deal_id", "due_at"))
    assert due == {deal.pk: FRIDAY + 3 * DAY, other.pk: FRIDAY}


def test_a_visit_is_no_touch_and_an_edit_neither(idle, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    run_background()
    edit(deal, at=AT + DAY, need="More speed")
    run_background()
    assert running().since == AT


def test_one_that_lay_idle_is_kept_and_another_begins(idle, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    run_background()
    handoff.tend_clocks(at=FRIDAY + DAY)
    handoff.tend_clocks(at=FRIDAY + DAY)
    assert late_facts() == 1
    with transaction.atomic():
        log_activity(person=deal.person, kind="mail", outcome="sent", by=rep, at=FRIDAY + 4 * DAY)
    run_background()
    old, new = Clock.objects.order_by("pk")
    assert (old.stopped_at, old.ended) == (FRIDAY + 4 * DAY, "answered")
    assert new.since == FRIDAY + 4 * DAY
    assert late_facts() == 1
    [_reply, kept, _step] = clocks_kept(
        user=idle.signed_for_sales_by, day=AT.date(), at=FRIDAY + 5 * DAY
    )
    assert (kept.kept, kept.all) == (1, 2)


def test_a_stage_may_have_a_number_of_its_own(company, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    quick, never = a_stage("Proposal"), a_stage("Negotiation")
    an_agreement({"idle_days": 4, "idle_by_stage": {str(quick.key): 1, str(never.key): 0}})
    actions.begin_clocks(at=AT)
    assert running().due_at == FRIDAY
    actions.move_deal(deal=deal, stage=quick, by=rep, at=AT)
    run_background()
    assert running().due_at == FRIDAY - 3 * DAY
    actions.move_deal(deal=deal, stage=never, by=rep, at=AT)
    run_background()
    assert not Clock.objects.filter(stopped_at=None).exists()
    assert actions.begin_clocks(at=AT) == 0


def test_an_open_deal_without_a_next_step_is_given_one_in_time(steps, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    run_background()
    clock = running()
    assert (clock.kind, clock.due_at) == ("step", FRIDAY - 3 * DAY)
    edit(deal, at=AT + timedelta(hours=1), next_step="Call them", next_step_on=date(2026, 3, 5))
    run_background()
    assert running().due_at == FRIDAY  # the step's day is the Thursday
    assert Clock.objects.count() == 1


def test_a_step_without_a_day_is_one(steps, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    edit(deal, at=AT, next_step="Call them")
    run_background()
    assert not Clock.objects.filter(stopped_at=None).exists()


def test_a_step_whose_day_is_past_is_none(steps, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    edit(deal, at=AT, next_step="Call them", next_step_on=date(2026, 3, 3))
    run_background()
    handoff.tend_clocks(at=FRIDAY)
    assert late_facts() == 1
    edit(deal, at=FRIDAY + 3 * DAY, next_step_on=date(2026, 3, 10))
    run_background()
    old, new = Clock.objects.order_by("pk")
    assert (old.stopped_at, new.stopped_at) == (FRIDAY + 3 * DAY, None)
    assert new.due_at == datetime(2026, 3, 11, 16, tzinfo=UTC)


def test_what_is_won_lost_or_deleted_owes_nothing(company, rep, run_background):
    an_agreement({"idle_days": 4, "step_days": 1})
    won, gone = a_deal(owner=rep, by=rep), a_deal(owner=rep, by=rep)
    run_background()
    actions.win_deal(deal=won, by=rep, at=AT + timedelta(hours=1))
    actions.trash_deals(deal_ids=[gone.pk], by=rep, at=AT + timedelta(hours=1))
    run_background()
    ended = dict(Clock.objects.filter(kind="idle").values_list("deal_id", "ended"))
    assert ended == {won.pk: "closed", gone.pk: "withdrawn"}
    handoff.tend_clocks(at=FRIDAY + 9 * DAY)
    assert not late_facts()


def test_who_gets_the_deal_owes_it_in_their_hours(idle, rep, run_background):
    deal = a_deal(owner=rep, by=rep)
    run_background()
    sam = a_rep("Sam", zone="America/New_York")
    edit(deal, at=AT + timedelta(hours=1), owner=sam)
    run_background()
    assert running().owner == sam
    assert running().due_at == datetime(2026, 3, 6, 22, tzinfo=UTC)


def test_deals_from_before_the_promise_begin_with_it(company, rep):
    for _ in range(3):
        a_deal(owner=rep, by=rep, at=AT - 90 * DAY)
    an_agreement({"idle_days": 4})
    assert actions.begin_clocks(at=AT) == 3
    assert {clock.since for clock in Clock.objects.all()} == {AT}
    assert actions.begin_clocks(at=AT + DAY) == 0


@pytest.mark.parametrize("count", [2, 30])
def test_many_deals_cost_as_many_statements_as_two(
    company, rep, count, django_assert_max_num_queries
):
    for _ in range(count):
        a_deal(owner=rep, by=rep)
    an_agreement({"idle_days": 4, "step_days": 1})
    with django_assert_max_num_queries(14):
        assert actions.begin_clocks(at=AT) == 2 * count
    ids = Deal.objects.values_list("pk", flat=True)
    with django_assert_max_num_queries(14):
        actions.keep_clocks(deal_ids=ids, at=AT + DAY, touched=dict.fromkeys(ids, AT + DAY))


def test_who_has_the_deal_owes_the_answers(company, rep, run_background):
    an_agreement({"reply_minutes": 60})
    deal = a_deal(owner=rep, by=rep)
    sam = a_rep("Sam")
    edit(deal, at=AT, owner=sam)
    with transaction.atomic():
        log_activity(person=deal.person, kind="mail", outcome="received", by=rep, at=AT)
    run_background()
    assert running().owner == sam


def test_clock_of_a_deal_that_nobody_owns_is_seen_by_who_sees_the_deal(idle, rep, run_background):
    deal = a_deal(owner=rep, by=rep, name="Pilot")
    run_background()
    seller = a_rep("Una")
    head = create_user(name="Nora", role=Role.HEAD_OF_SALES, email="nora@fennmark.example")
    Deal.objects.update(owner=None)
    Clock.objects.update(owner=None)

    def names(user):
        rows = owed_clocks(user, is_team=True)
        return [subjects_of([clock])[clock.pk].name for clock in rows]

    assert not Deal.objects.visible_to(seller).filter(pk=deal.pk).exists()
    assert (names(seller), names(head)) == ([], ["Pilot"])
