from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from baton.core.access.models import User
from baton.core.changes.actions import undo
from baton.core.errors import RuleViolation
from baton.core.facts.models import FactRecord
from baton.insight.analytics.tests.factories import a_lead
from baton.insight.goals.tests.factories import a_goal
from baton.insight.improvements.actions import (
    BadImprovement,
    HasBegun,
    edit_improvement,
    remove_improvement,
)
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.queries import MOVABLE, judged_in, outcomes_of
from baton.insight.improvements.rules import State
from baton.insight.improvements.tests.factories import AT, an_improvement
from baton.insight.reviews.actions import finish_review
from baton.insight.reviews.tests.factories import a_point
from baton.marketing.campaigns.tests.factories import a_cost

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/insight/improvements/"
LATER = date(2026, 7, 1)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def leads(start, each):
    """So many on each of twenty working days."""
    for week in range(4):
        for day in range(5):
            for _ in range(each):
                a_lead(at=start + timedelta(days=7 * week + day))


def outcome(one, *, today=LATER):
    return outcomes_of([one], today=today)[0]


def test_more_leads_on_most_days_is_better():
    leads(START - timedelta(days=28), 1)
    leads(START, 3)

    found = outcome(an_improvement())

    assert found.verdict.state is State.BETTER
    assert found.verdict.chance is not None
    assert found.verdict.chance < 0.001
    assert found.after is not None
    assert (found.before.value, found.after.value) == (1, 3)
    assert (found.before.of, found.after.of) == (20, 60)


def test_before_its_days_are_over_it_is_open():
    leads(START - timedelta(days=28), 1)

    begun = outcome(an_improvement(), today=date(2026, 3, 12))
    ahead = outcome(an_improvement(starts_on=date(2026, 8, 3)), today=LATER)

    assert begun.verdict.state is ahead.verdict.state is State.OPEN
    assert begun.after is not None
    assert begun.after.span.last == date(2026, 3, 11)  # today is not over
    assert ahead.after is None


def test_who_went_on_is_followed_as_long_before_as_after():
    """Those of before had months more to go on: that is no difference between them."""
    for _ in range(12):
        a_lead(at=START - timedelta(days=20), steps={"mql": 60})
        a_lead(at=START + timedelta(days=3))
    a_lead(at=START + timedelta(days=3), steps={"mql": 28})

    found = outcome(an_improvement(figure="lead_to_mql"))

    assert found.after is not None
    assert (found.before.hits, found.before.of) == (0, 12)
    assert (found.after.hits, found.after.of) == (1, 13)
    assert found.verdict.state is State.FEW
    assert found.windows.judged_on == date(2026, 4, 27)


def test_cheaper_is_fewer_for_the_money_turned_round():
    leads(START - timedelta(days=28), 1)
    a_cost(amount=Decimal(2800), from_on=date(2026, 2, 2), to_on=date(2026, 3, 29), channel="email")

    found = outcome(an_improvement(figure="cost_per_mql", way="down"))

    assert found.before.value is None  # nobody was handed over
    assert found.verdict.state is State.FEW


@pytest.mark.parametrize("figure", sorted(MOVABLE))
def test_each_figure_can_be_asked_without_any_data(figure):
    found = outcome(an_improvement(figure=figure))

    assert found.verdict.state is State.FEW


def test_page_asks_the_same_of_few_and_of_many(signed_in, admin):
    client = signed_in(admin)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    for figure in MOVABLE:
        an_improvement(figure=figure, owner=admin)
    client.get(URL)
    few = asked()
    for figure in MOVABLE:
        an_improvement(figure=figure, owner=admin, starts_on=date(2026, 4, 6))

    assert asked() == few


@pytest.mark.parametrize(
    "over",
    [{"title": " "}, {"figure": "retention"}, {"figure": "x"}, {"days": 30}, {"way": "left"}],
)
def test_what_cannot_be_compared_is_refused(over):
    with pytest.raises(BadImprovement):
        an_improvement(**over)


def test_what_is_compared_stays_once_it_has_begun(admin):
    one = an_improvement()

    def edited(today, **values):
        return edit_improvement(
            improvement=one, values=values, version=None, by=admin, at=AT, today=today
        )

    with pytest.raises(HasBegun):
        edited(date(2026, 3, 2), starts_on=date(2026, 3, 9))
    assert edited(date(2026, 3, 2), title="Newer form").title == "Newer form"
    assert edited(date(2026, 3, 1), days=56).days == 56


def test_removed_one_comes_back(admin):
    one = an_improvement()

    batch = remove_improvement(improvement=one, by=admin, at=AT)
    gone = list(Improvement.objects.visible_to(admin))
    undo(batch=batch, by=admin, at=AT)

    assert gone == []
    assert list(Improvement.objects.visible_to(admin)) == [one]
    names = FactRecord.objects.filter(name__startswith="improvement").order_by("pk")
    assert [fact.name.partition(".")[2] for fact in names] == ["logged", "removed", "logged"]


def test_week_in_which_it_can_be_judged_speaks_of_it(signed_in, admin):
    an_improvement()

    weeks = [date(2026, 3, 23), date(2026, 3, 30), date(2026, 4, 6)]
    found = [len(judged_in(monday, admin, today=LATER)) for monday in weeks]
    page = signed_in(admin).get("/insight/reviews/?week=2026-03-30").content.decode()

    assert found == [0, 1, 0]
    assert "A new form (Leads)" in page
    assert "Too few to tell" in page


def test_decision_leads_to_its_improvement(signed_in, admin, rep):
    point = a_point(kind="decision", text="Ask for the plant's size")
    week = "/insight/reviews/?week=2026-03-02"
    client = signed_in(admin)
    assert f"{URL}new/?decision={point.key}" in client.get(week).content.decode()
    assert "Ask for the plant" in client.get(f"{URL}new/?decision={point.key}").content.decode()

    typed = {"title": "Size", "figure": "leads", "way": "up", "days": 28, "starts_on": "2026-03-09"}
    client.post(f"{URL}new/?decision={point.key}", typed)
    finish_review(day=date(2026, 3, 4), agenda=[], by=admin, at=AT)

    one = Improvement.objects.get()
    assert one.decision == point
    assert one.get_absolute_url() in client.get(week).content.decode()
    assert "Decided in a review" in client.get(one.get_absolute_url()).content.decode()
    assert f"{URL}new/" not in signed_in(rep).get(week).content.decode()
    with pytest.raises(RuleViolation):
        an_improvement(decision=a_point(kind="minute", day=date(2026, 3, 11)))


def test_chart_of_the_figure_is_marked_in_drawing_and_in_words(signed_in, admin):
    today = timezone.now().date()
    for back in range(20):
        a_lead(at=timezone.now() - timedelta(days=back))
    goal = a_goal(unit="quarter", day=today)
    one = an_improvement(title="Marked", starts_on=max(goal.starts_on, today - timedelta(days=3)))
    an_improvement(title="Of another figure", figure="won", starts_on=today)

    page = signed_in(admin).get(goal.get_absolute_url()).content.decode()

    assert f'href="{one.get_absolute_url()}"' in page
    assert 'class="mark"' in page
    assert "Of another figure" not in page


def test_page_tells_before_after_and_what_else_was_changed(signed_in, admin, rep):
    leads(START - timedelta(days=28), 1)
    leads(START, 3)
    one, other = an_improvement(), an_improvement(title="New ads", starts_on=date(2026, 3, 16))

    page = signed_in(rep).get(one.get_absolute_url()).content.decode()
    records = "figure=leads&amp;from=2026-02-02&amp;until=2026-03-01"

    assert f"/insight/goals/counted/?{records}" in page
    assert other.get_absolute_url() in page
    assert "Better; luck alone does so in less than 0.1" in page.replace("\xa0", " ")
    counted = f"/insight/goals/counted/?{records.replace('&amp;', '&')}"
    assert "20" in signed_in(admin).get(counted).content.decode()


def test_reps_read_and_do_not_write(signed_in, rep):
    one, client = an_improvement(), signed_in(rep)

    assert client.get(URL).status_code == 200
    for address in ("new/", f"{one.key}/edit/", f"{one.key}/remove/"):
        assert client.post(URL + address).status_code == 403


def test_bad_input_keeps_what_was_typed(signed_in, admin):
    answer = signed_in(admin).post(f"{URL}new/", {"title": "Kept words", "starts_on": "soon"})

    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()


def test_edit_that_comes_too_late_says_so(signed_in, admin):
    one = an_improvement()
    typed = {"title": "T", "figure": "won", "way": "up", "days": 28, "starts_on": "2026-03-02"}

    answer = signed_in(admin).post(f"{URL}{one.key}/edit/", {**typed, "version": 1})

    assert answer.status_code == 422
    assert "It has begun: what is compared stays." in answer.content.decode()


@pytest.mark.parametrize(
    "asked", ["figure=none", "figure=leads&from=2026-03-02", "figure=retention"]
)
def test_records_of_no_figure_are_not_there(signed_in, admin, asked):
    days = "" if "from" in asked else "&from=2026-03-02&until=2026-03-08"

    assert signed_in(admin).get(f"/insight/goals/counted/?{asked}{days}").status_code == 404


def test_records_of_a_share_are_all_or_those_who_went_on(signed_in, admin):
    a_lead(at=START, full_name="Ann Lund", steps={"mql": 2})
    a_lead(at=START, full_name="Ben Ode")
    url = "/insight/goals/counted/?figure=lead_to_mql&from=2026-03-02&until=2026-03-08"

    client = signed_in(admin)
    all_of_them, hits = (client.get(url + more).content.decode() for more in ("", "&hits=1"))

    assert "Ben Ode" in all_of_them
    assert "Ann Lund" in hits
    assert "Ben Ode" not in hits


def test_api_reads_and_writes(api_client, admin, rep):
    client = api_client(admin)
    sent = {"title": "Form", "figure": "leads", "way": "up", "starts_on": "2026-03-02"}
    json = "application/json"

    made = client.post("/api/v1/improvements/", sent, json)
    key = made.json()["key"]
    changed = client.patch(f"/api/v1/improvements/{key}/", {"note": "Live"}, json)
    [listed] = client.get("/api/v1/improvements/?figure=leads").json()["items"]

    assert (made.status_code, changed.json()["note"]) == (201, "Live")
    assert (listed["judged_on"], listed["state"]) == ("2026-03-30", "few")
    assert api_client(rep).post("/api/v1/improvements/", sent, json).status_code == 403
    assert client.post("/api/v1/improvements/", {**sent, "days": 30}, json).status_code == 409
    assert client.delete(f"/api/v1/improvements/{key}/").status_code == 204


def test_owner_who_left_stays_when_the_words_are_edited(signed_in, admin, rep):
    one = an_improvement(owner=rep)
    User.objects.filter(pk=rep.pk).update(is_active=False)
    client = signed_in(admin)
    url = f"{URL}{one.key}/edit/"
    shown = client.get(url).context["form"]
    typed = {name: shown[name].value() for name in shown.fields}

    answer = client.post(url, {**typed, "title": "Better words"})
    one.refresh_from_db()

    assert answer.status_code == 302
    assert (one.title, one.owner) == ("Better words", rep)
    assert f'value="{rep.key}" selected' in str(shown["owner"])
