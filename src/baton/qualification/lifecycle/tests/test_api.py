import pytest

from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.tests.factories import move
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/lifecycle"


def post(client, person, *, key="", **sent):
    return client.post(
        f"{ROOT}/people/{person.key}/move",
        sent,
        content_type="application/json",
        headers={"Idempotency-Key": key} if key else {},
    )


@pytest.fixture
def person(rep, run_background):
    person = a_person(owner=rep)
    run_background()
    return person


def test_the_history_comes_in_order_of_time(person, rep, api_client):
    move(person, "mql", day=3, by=rep)

    answer = api_client(rep).get(f"{ROOT}/people/{person.key}/changes")

    assert [(row["from_stage"], row["to_stage"], row["by"]) for row in answer.json()] == [
        ("", "lead", ""),
        ("lead", "mql", "Teo"),
    ]
    assert answer.json()[1]["owner"] == "Teo"


def test_a_person_is_moved(person, rep, api_client):
    answer = post(api_client(rep), person, to_stage="sql", reason="Met at the fair")

    assert answer.status_code == 201
    assert (answer.json()["person"], answer.json()["stage"]) == (str(person.key), "sql")


def test_the_same_call_twice_moves_once(person, rep, api_client):
    client = api_client(rep)

    first = post(client, person, key="k", to_stage="sql", reason="Met")
    second = post(client, person, key="k", to_stage="sql", reason="Met")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert StageChange.objects.filter(to_stage="sql").count() == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"to_stage": "king", "reason": "x"}, 422),
        ({"to_stage": "sql", "reason": ""}, 422),
        ({"to_stage": "sql", "reason": " "}, 409),
        ({"to_stage": "lead", "reason": "x"}, 409),
    ],
)
def test_a_bad_move_is_refused(sent, status, person, rep, api_client):
    answer = post(api_client(rep), person, **sent)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_an_outsider_finds_nobody(person, outsider, api_client):
    client = api_client(outsider)

    moved = post(client, person, to_stage="sql", reason="Met")
    read = client.get(f"{ROOT}/people/{person.key}/changes")

    assert (moved.status_code, read.status_code) == (404, 404)


def test_a_day_is_counted_as_far_as_one_sees(person, rep, outsider, api_client, company):
    url = f"{ROOT}/stages?on=2026-03-02"

    ours, theirs = api_client(rep).get(url).json(), api_client(outsider).get(url).json()

    assert (ours["on"], ours["stages"]["lead"], ours["stages"]["mql"]) == ("2026-03-02", 1, 0)
    assert theirs["stages"]["lead"] == 0


@pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01", "soon"])
def test_a_day_that_nobody_means_is_refused(on, rep, api_client, company):
    assert api_client(rep).get(f"{ROOT}/stages?on={on}").status_code == 422
