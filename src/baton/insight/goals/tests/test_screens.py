from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from baton.insight.analytics.queries import today
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.insight.goals.models import Goal
from baton.insight.goals.tests.factories import a_goal
from baton.sales.deals.tests.factories import a_deal as an_open_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/insight/goals/"


def now_goal(**over):
    return a_goal(day=timezone.now().date(), unit="quarter", **over)


def test_page_shows_goals_of_the_period(signed_in, admin, rep):
    now_goal(owner=admin)
    now_goal(figure="won", rep=rep, target=Decimal(50_000))
    a_goal()  # of another year

    page = signed_in(admin).get(URL).content.decode()

    assert page.count('class="goal-line"') == 2
    assert "€50,000" in page


def test_empty_page_leads_to_the_first_goal(signed_in, admin, rep):
    assert "Set a goal" in signed_in(admin).get(URL).content.decode()
    assert "Set a goal" not in signed_in(rep).get(URL).content.decode()


@pytest.mark.parametrize("asked", ["?unit=week&on=soon", "?on=0001-01-01", "?on=9999-12-31"])
def test_what_makes_no_sense_in_the_address_is_left_out(signed_in, admin, asked):
    assert signed_in(admin).get(URL + asked).status_code == 200


@pytest.mark.parametrize("figure", ["leads", "won", "win_rate", "satisfaction", "retention", "cac"])
def test_goal_says_why(signed_in, admin, figure):
    for back in range(30):
        a_lead(at=timezone.now() - timedelta(days=back))
        a_deal(None, state="won", closed_at=timezone.now() - timedelta(days=back))
    goal = now_goal(figure=figure, target=Decimal("0.5"))

    page = signed_in(admin).get(goal.get_absolute_url())

    assert page.status_code == 200
    assert "Why this pace" in page.content.decode()
    assert ("Why this forecast" in page.content.decode()) == (figure in {"leads", "won"})


def test_figure_opens_its_records(signed_in, rep, outsider):
    a_lead(at=timezone.now(), owner=rep, full_name="Ann Lund")
    goal = now_goal()

    theirs = signed_in(rep).get(f"{goal.get_absolute_url()}records/").content.decode()
    others = signed_in(outsider).get(f"{goal.get_absolute_url()}records/").content.decode()

    assert "Ann Lund" in theirs
    assert "Ann Lund" not in others
    assert "1 more belong to others" in others


@pytest.mark.parametrize("part", ["closing", "won", "purchases"])
def test_parts_of_revenue(signed_in, admin, part):
    an_open_deal(by=admin, close_on=today(), name="Kiln audit")
    goal = now_goal(figure="revenue")

    page = signed_in(admin).get(f"{goal.get_absolute_url()}records/?part={part}").content.decode()

    assert ("Kiln audit" in page) == (part == "closing")


def test_goal_of_another_team_is_not_there(signed_in, rep, outsider):
    goal = now_goal(rep=rep)
    client = signed_in(outsider)

    asked = [client.get(f"{goal.get_absolute_url()}{one}") for one in ("", "records/")]

    assert [one.status_code for one in asked] == [404, 404]


def test_reps_set_no_goals(signed_in, rep):
    goal = now_goal(rep=rep)
    client = signed_in(rep)

    for address in ("new/", "quotas/", f"{goal.key}/edit/"):
        assert client.get(URL + address).status_code == 403
    assert client.post(f"{URL}{goal.key}/remove/").status_code == 403


def test_form_sets_a_goal_in_percent(signed_in, admin, rep):
    first = date.today().replace(day=1)  # noqa: DTZ011 -- as the form's choice
    typed = {"figure": "win_rate", "whose": f"rep:{rep.key}", "target": "35"}

    answer = signed_in(admin).post(f"{URL}new/", {**typed, "period": f"month:{first}"})

    goal = Goal.objects.get()
    assert answer["Location"] == goal.get_absolute_url()
    assert (goal.target, goal.rep, goal.owner) == (Decimal("0.35"), rep, rep)


def test_form_keeps_what_was_typed_and_says_what_is_wrong(signed_in, admin):
    first = date.today().replace(day=1)  # noqa: DTZ011 -- as the form's choice
    typed = {"figure": "win_rate", "whose": "company", "target": "350"}

    answer = signed_in(admin).post(f"{URL}new/", {**typed, "period": f"month:{first}"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A share is at most 100 %." in page
    assert 'value="350"' in page


def test_edit_and_remove_with_undo(signed_in, admin):
    goal, client = now_goal(), signed_in(admin)

    client.post(f"{URL}{goal.key}/edit/", {"target": "7", "version": "1", "note": "Less"})
    stale = client.post(f"{URL}{goal.key}/edit/", {"target": "8", "version": "1"})
    gone = client.post(f"{URL}{goal.key}/remove/", follow=True)

    assert Goal.objects.get().target == 7
    assert stale.status_code == 422
    assert "Undo" in gone.content.decode()


def test_quotas_of_all_reps_on_one_page(signed_in, admin, rep, colleague):
    client = signed_in(admin)

    client.post(f"{URL}quotas/", {f"rep_{rep.key}": "50000", f"rep_{colleague.key}": ""})

    assert list(Goal.objects.values_list("figure", "rep__name", "target")) == [
        ("won", "Teo", 50_000)
    ]
    assert 'value="50000"' in client.get(f"{URL}quotas/").content.decode()


def test_home_shows_a_seller_their_own(signed_in, rep, colleague):
    now_goal(figure="won", rep=rep, target=Decimal(50_000))
    now_goal()

    assert "Quota: deals won" in signed_in(rep).get("/").content.decode()
    assert "Quota: deals won" not in signed_in(colleague).get("/").content.decode()
