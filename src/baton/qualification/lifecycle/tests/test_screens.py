from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.ui.shapes import Step
from baton.qualification.lifecycle import actions, views
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.tests.factories import move
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def move_url(person):
    return reverse("lifecycle:move", args=[person.key])


@pytest.fixture
def person(rep, run_background):
    person = a_person(owner=rep, full_name="Jonas Berg")
    run_background()
    return person


def names(steps):
    return [(step.name, step.state) for step in steps]


def test_the_bar_shows_the_way_of_a_lead_of_marketing(person):
    assert names(views.steps_of(person)) == [
        ("Lead", "current"),
        ("MQL", ""),
        ("SAL", ""),
        ("SQL", ""),
        ("Opportunity", ""),
        ("Customer", ""),
    ]


def test_the_bar_marks_where_marketing_passed_to_sales(person):
    assert [step.name for step in views.steps_of(person) if step.is_pass] == ["SAL"]


def test_the_bar_of_a_person_of_sales_has_no_handoff():
    person = a_person(origin="sales")
    move(person, "sql")
    person.refresh_from_db()

    assert names(views.steps_of(person)) == [
        ("Lead", "done"),
        ("SQL", "current"),
        ("Opportunity", ""),
        ("Customer", ""),
    ]


@time_machine.travel(AT + timedelta(days=30))
def test_the_bar_names_what_was_inferred_and_what_was_lost(person):
    move(person, "sql", day=2)
    move(person, "lead", day=3, is_back=True)
    move(person, "mql", day=4)
    person.refresh_from_db()

    notes = {step.name: str(step.note) for step in views.steps_of(person)}
    assert notes["SAL"] == "not recorded"
    assert notes["SQL"] == "4 Mar, went back"
    assert notes["MQL"].startswith("since 6 Mar, ")


@time_machine.travel(AT + timedelta(days=30))
def test_the_bar_says_by_whom_and_why(person, rep):
    move(person, "opportunity", day=1)
    actions.move_by_hand(
        person=person, to_stage="sql", reason="No deal after all", by=rep, at=AT + timedelta(days=2)
    )
    actions.move_by_hand(
        person=person, to_stage="customer", reason="Paid", by=rep, at=AT + timedelta(days=3)
    )
    person.refresh_from_db()

    notes = {step.name: str(step.note) for step in views.steps_of(person)}
    assert notes["SQL"] == "4 Mar, Teo: No deal after all"
    assert notes["Lead"] == "2 Mar"


def test_who_will_never_buy_stands_at_the_end_of_the_bar(person):
    move(person, "other", day=1, is_back=True)
    person.refresh_from_db()

    last = views.steps_of(person)[-1]
    assert (last.name, last.state) == ("Other", "current")


def test_a_since_of_today_counts_no_days(person):
    now = timezone.now()
    move(person, "mql", at=now)
    person.refresh_from_db()

    assert Step(name="MQL", note="since today", state="current") in views.steps_of(person)


def test_the_bar_stands_on_the_page_of_the_person(person, rep, signed_in):
    page = signed_in(rep).get(person.get_absolute_url()).content.decode()

    assert 'aria-label="Lifecycle"' in page
    assert move_url(person) in page


def test_the_bar_costs_the_same_however_long_the_history(person, django_assert_num_queries):
    for day in range(1, 6):
        move(person, "mql", day=2 * day)
        move(person, "subscriber", day=2 * day + 1, is_back=True)
    person.refresh_from_db()

    with django_assert_num_queries(2):
        steps = views.steps_of(person)

    assert "Lead" in [step.name for step in steps]


def test_a_person_is_moved_by_hand(person, rep, signed_in):
    sent = {"to_stage": "sql", "reason": "Met at the fair"}

    answer = signed_in(rep).post(move_url(person), sent)

    assert (answer.status_code, answer["Location"]) == (302, person.get_absolute_url())
    row = StageChange.objects.get(to_stage="sql")
    assert (row.by, row.reason) == (rep, "Met at the fair")


def test_the_move_can_be_undone_from_the_toast(person, rep, signed_in):
    client = signed_in(rep)
    client.post(move_url(person), {"to_stage": "sql", "reason": "Met"})
    batch = StageChange.objects.get(to_stage="sql").batch

    page = client.get(person.get_absolute_url()).content.decode()
    client.post(reverse("lifecycle:undo", args=[batch]))

    person.refresh_from_db()
    assert reverse("lifecycle:undo", args=[batch]) in page
    assert person.stage == "lead"


def test_a_move_that_says_nothing_comes_back(person, rep, signed_in, subtests):
    client = signed_in(rep)
    silent = [{}, {"to_stage": "sql"}, {"to_stage": "lead", "reason": "x"}, {"to_stage": "king"}]
    for sent, headers in product(silent, [{}, HTMX]):
        with subtests.test(sent=sent, headers=headers):
            answer = client.post(move_url(person), sent, headers=headers)

            assert answer.status_code == 422
            assert ("<html" in answer.content.decode()) is not bool(headers)
            assert StageChange.objects.count() == 1


def test_htmx_is_led_to_the_person(person, rep, signed_in):
    sent = {"to_stage": "sql", "reason": "Met"}

    answer = signed_in(rep).post(move_url(person), sent, headers=HTMX)

    assert answer["HX-Redirect"] == person.get_absolute_url()


def test_a_colleague_moves_a_person_and_an_outsider_sees_none(
    person, colleague, outsider, signed_in
):
    sent = {"to_stage": "sql", "reason": "Met"}

    theirs = signed_in(outsider).post(move_url(person), sent)
    ours = signed_in(colleague).post(move_url(person), sent)

    assert (theirs.status_code, ours.status_code) == (404, 302)
    assert StageChange.objects.filter(to_stage="sql").get().by == colleague


def test_who_only_looks_may_not_move(person, signed_in):
    viewer = create_user(name="Vera", role="viewer", email="vera@fennmark.example")
    client = signed_in(viewer)

    page = client.get(person.get_absolute_url()).content.decode()

    assert 'aria-label="Lifecycle"' in page
    assert move_url(person) not in page
    assert client.get(move_url(person)).status_code == 403


def test_nobody_undoes_the_move_of_another(person, rep, colleague, signed_in):
    batch = actions.move_by_hand(person=person, to_stage="sql", reason="Met", by=rep, at=AT)

    answer = signed_in(colleague).post(reverse("lifecycle:undo", args=[batch]))

    assert answer.status_code == 404
    assert StageChange.objects.filter(batch=batch).exists()
