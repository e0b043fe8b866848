from datetime import date, timedelta

import pytest
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.actions import NothingToUndo, undo
from baton.core.facts.models import FactRecord
from baton.insight.reviews.actions import (
    NothingSaid,
    ReviewIsOver,
    finish_review,
    keep_draft,
    remove_point,
)
from baton.insight.reviews.models import Draft, Point, Review
from baton.insight.reviews.queries import WHATS, promised_before, week_of
from baton.insight.reviews.tests.factories import AT, a_point
from baton.records.timeline.actions import finish_task
from baton.records.timeline.models import Task
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/insight/reviews/"


def this_week():
    return timezone.now().date().isoformat()


def test_first_line_makes_the_weeks_review():
    a_point()
    a_point(kind="decision", day=date(2026, 3, 8))

    assert list(Review.objects.values_list("monday", flat=True)) == [date(2026, 3, 2)]


def test_task_is_a_real_one_of_its_owner(rep):
    point = a_point(kind="task", text="Call them", owner=rep, due_at=AT)

    assert point.task == Task.objects.get(title="Call them", owner=rep, due_at=AT)


def test_what_says_nothing_is_refused(rep):
    for over in (
        {"text": "  "},
        {"kind": "task"},
        {"kind": "task", "owner": rep, "text": "a" * 251},
    ):
        with pytest.raises(NothingSaid):
            a_point(**over)


def test_what_is_over_stays_as_it_was(admin):
    point = a_point()
    finish_review(day=date(2026, 3, 4), agenda=[{"title": "T", "lines": []}], by=admin, at=AT)

    for act in (
        lambda: a_point(),
        lambda: remove_point(point=point, by=admin, at=AT),
        lambda: finish_review(day=date(2026, 3, 4), agenda=[], by=admin, at=AT),
    ):
        with pytest.raises(ReviewIsOver):
            act()
    assert Review.objects.get().agenda == [{"title": "T", "lines": []}]
    assert FactRecord.objects.filter(name="review.finished").count() == 1


def test_removed_line_comes_back_but_not_into_a_review_that_is_over(admin):
    first, second = a_point(), a_point()
    undo(batch=remove_point(point=first, by=admin, at=AT), by=admin, at=AT)
    batch = remove_point(point=second, by=admin, at=AT)
    finish_review(day=date(2026, 3, 4), agenda=[], by=admin, at=AT)

    with pytest.raises(NothingToUndo):
        undo(batch=batch, by=admin, at=AT)
    assert list(Point.objects.visible_to(admin)) == [first]


def test_promises_stay_until_they_were_kept_before_the_week(admin, rep):
    kept, late = (a_point(kind="task", text=text, owner=rep) for text in ("Kept", "Late"))
    assert kept.task
    finish_task(task=kept.task, by=rep, at=AT + timedelta(days=8))

    promised = {
        day: {point.text for point in promised_before(week_of(day), user=admin)}
        for day in (date(2026, 3, 4), date(2026, 3, 11), date(2026, 3, 18))
    }

    assert list(promised.values()) == [set(), {"Kept", "Late"}, {late.text}]


def test_draft_is_ones_own_until_it_is_added(signed_in, admin, colleague):
    client = signed_in(admin)
    client.post(f"{URL}draft/", {"week": this_week(), "text": "Half a sen"})

    own = client.get(URL).content.decode()
    keep_draft(user=colleague, day=date(2026, 3, 2), text="  ")
    client.post(f"{URL}add/", {"week": this_week(), "text": "A whole one", "kind": "minute"})

    assert "Half a sen" in own
    assert Draft.objects.count() == 0
    assert "A whole one" in client.get(f"{URL}said/").content.decode()


def test_task_without_an_owner_keeps_what_was_typed(signed_in, admin):
    typed = {"week": this_week(), "text": "Somebody should", "kind": "task"}

    answer = signed_in(admin).post(f"{URL}add/", typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say who takes the task." in page
    assert "Somebody should" in page


def test_review_ends_with_its_agenda(signed_in, admin):
    client = signed_in(admin)
    client.post(f"{URL}add/", {"week": this_week(), "text": "Said", "kind": "minute"})

    client.post(f"{URL}finish/", {"week": this_week()})
    page = client.get(URL).content.decode()

    review = Review.objects.get()
    assert review.agenda
    assert [section["title"] for section in review.agenda][1] == "Clocks that were missed"
    assert "Ended by" in page
    assert "End the review" not in page


@pytest.mark.parametrize("week", ["", "soon", "9999-01-01", "2199-01-01"])
def test_week_that_is_none_or_lies_ahead_is_not_written(signed_in, admin, week):
    answer = signed_in(admin).post(f"{URL}add/", {"week": week, "text": "a", "kind": "minute"})

    assert answer.status_code == 400
    assert Review.objects.count() == 0


def test_reps_read_and_do_not_write(signed_in, rep):
    point = a_point()
    client = signed_in(rep)

    assert client.get(f"{URL}?week=2026-03-02").status_code == 200
    for address in ("add/", "draft/", "finish/", f"points/{point.key}/remove/"):
        assert client.post(URL + address, {"week": "2026-03-02"}).status_code == 403


def test_names_of_a_frozen_agenda_are_read_by_those_who_see_all(signed_in, admin, rep):
    a_point()
    line = {"words": "Open deals", "value": "1", "url": "", "hue": "", "rows": [["Secret", "/x/"]]}
    agenda = [{"title": "T", "lines": [line]}]
    finish_review(day=date(2026, 3, 4), agenda=agenda, by=admin, at=AT)

    seen = [
        "Secret" in signed_in(one).get(f"{URL}?week=2026-03-02").content.decode()
        for one in (admin, rep)
    ]

    assert seen == [True, False]


def test_manager_reads_names_of_their_own_and_ends_it_for_the_whole_house(
    signed_in, admin, rep, outsider
):
    manager = create_user(name="Nora", role=Role.SALES_MANAGER, team=rep.team)
    a_deal(name="Ours", owner=rep)
    a_deal(name="Theirs", owner=outsider)
    client = signed_in(manager)

    before = client.get(URL).content.decode()
    client.post(f"{URL}finish/", {"week": this_week()})

    kept = {
        line["words"]: line["value"]
        for part in Review.objects.get().agenda or []
        for line in part["lines"]
    }
    assert ("Ours" in before, "Theirs" in before) == (True, False)
    assert kept["Open deals without a next step"] == "2"
    assert "Ours" not in client.get(URL).content.decode()
    assert "Theirs" in signed_in(admin).get(URL).content.decode()


@pytest.mark.parametrize("what", WHATS)
def test_records_of_each_figure(signed_in, rep, what):
    assert signed_in(rep).get(f"{URL}records/?what={what}").status_code == 200


def test_records_of_no_figure_are_not_there(signed_in, admin):
    assert signed_in(admin).get(f"{URL}records/?what=luck").status_code == 404


def test_api_reads_and_writes(api_client, admin, rep):
    client = api_client(admin)
    sent = {"day": "2026-03-04", "kind": "task", "text": "Call", "owner": str(rep.key)}

    made = client.post("/api/v1/reviews/points/", sent, "application/json")
    [listed] = client.get("/api/v1/reviews/").json()["items"]
    whole = client.get(f"/api/v1/reviews/{listed['key']}/").json()

    assert made.status_code == 201
    assert whole["points"][0]["task"] == str(Task.objects.get().key)
    assert (
        api_client(rep).post("/api/v1/reviews/points/", sent, "application/json").status_code == 403
    )
