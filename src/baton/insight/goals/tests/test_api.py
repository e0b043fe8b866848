from decimal import Decimal

import pytest

from baton.insight.goals.models import Goal
from baton.insight.goals.tests.factories import a_goal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/api/v1/goals/"
NEW = {"figure": "won", "unit": "quarter", "day": "2026-03-02", "target": "50000"}


def test_goal_is_set_read_changed_and_removed(api_client, admin, rep):
    client = api_client(admin)

    made = client.post(URL, {**NEW, "rep": str(rep.key)}, "application/json")
    key = made.json()["key"]
    changed = client.patch(f"{URL}{key}/", {"target": "60000", "version": 1}, "application/json")
    read = client.get(f"{URL}{key}/").json()
    gone = client.delete(f"{URL}{key}/")

    assert (made.status_code, changed.status_code, gone.status_code) == (201, 200, 204)
    assert Decimal(read["target"]) == 60_000
    assert (read["ends_on"], read["state"], read["owner"]) == ("2026-03-31", "missed", str(rep.key))
    assert Goal.objects.living().count() == 0


def test_one_goal_twice_is_a_conflict(api_client, admin):
    client = api_client(admin)
    client.post(URL, NEW, "application/json")

    assert client.post(URL, NEW, "application/json").status_code == 409


@pytest.mark.parametrize(
    "over", [{"target": "0"}, {"unit": "week"}, {"rep": "018f0000-0000-7000-8000-000000000000"}]
)
def test_bad_goal_is_refused(api_client, admin, over):
    assert api_client(admin).post(URL, {**NEW, **over}, "application/json").status_code == 422


def test_list_holds_what_one_sees(api_client, rep, outsider):
    a_goal()
    a_goal(rep=rep)

    seen = [len(api_client(one).get(URL).json()["items"]) for one in (rep, outsider)]
    then = api_client(rep).get(f"{URL}?on=2025-01-01").json()["items"]

    assert seen == [2, 1]
    assert then == []


def test_reps_write_no_goals(api_client, rep):
    goal = a_goal(rep=rep)
    client = api_client(rep)

    assert client.post(URL, NEW, "application/json").status_code == 403
    assert client.delete(f"{URL}{goal.key}/").status_code == 403
