"""What every API route shares; the routes' own tests are in their modules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from baton.core.access.actions import create_api_key, revoke_api_key, user_of_key
from baton.core.access.models import ApiKey
from baton.core.access.permissions import registered
from baton.core.api.models import IdempotencyKey
from baton.core.api.tasks import prune_idempotency_keys
from baton.core.errors import RuleViolation, TookTooLong
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Task

pytestmark = pytest.mark.django_db
PEOPLE = "/api/v1/people/"


def post(client, body, **headers):
    return client.post(PEOPLE, body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("key", ["", "Bearer nothing", "Bearer baton_wrong", "Basic YTpi"])
def test_no_key_no_entry(client, key):
    answer = client.get(PEOPLE, headers={"authorization": key} if key else {})

    assert answer.status_code == 401
    assert answer["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("Send a living API key")


def test_a_session_opens_no_api(admin, signed_in):
    assert signed_in(admin).get(PEOPLE).status_code == 401


def test_key_is_kept_as_a_digest_only(admin):
    row, secret = create_api_key(user=admin, name="n8n")

    kept = ApiKey.objects.filter(pk=row.pk).values().get()
    assert secret not in str(kept)
    assert user_of_key(secret=secret, at=timezone.now()) == admin


def test_expired_revoked_and_inactive_keys_open_nothing(admin):
    now = timezone.now()
    _row, expired = create_api_key(user=admin, name="a", expires_at=now - timedelta(seconds=1))
    row, revoked = create_api_key(user=admin, name="b")
    revoke_api_key(api_key=row, at=now)
    _row, living = create_api_key(user=admin, name="c")

    assert [user_of_key(secret=key, at=now) for key in (expired, revoked)] == [None, None]

    admin.is_active = False
    admin.save()
    assert user_of_key(secret=living, at=now) is None


def test_key_never_reaches_beyond_its_scopes(admin, client):
    _row, secret = create_api_key(user=admin, name="read only", scopes=["people.view"])
    headers = {"authorization": f"Bearer {secret}"}

    assert client.get(PEOPLE, headers=headers).status_code == 200
    answer = post(client, {"full_name": "X"}, **headers)
    assert (answer.status_code, Person.objects.count()) == (403, 0)


def test_unknown_scope_is_refused(admin):
    with pytest.raises(RuleViolation, match=r"no permission “people\.fly”"):
        create_api_key(user=admin, name="x", scopes=["people.fly"])
    assert "people.view" in registered


def test_same_key_and_body_gets_the_first_answer_and_no_second_effect(admin, api_client):
    client = api_client(admin)
    body = {"full_name": "Lena Fischer", "emails": ["lena@halden.example"]}

    first, second = (post(client, body, **{"idempotency-key": "k1"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers == second.headers
    assert Person.objects.count() == 1


def test_same_key_with_another_body_is_refused(admin, api_client):
    client = api_client(admin)
    post(client, {"full_name": "Lena"}, **{"idempotency-key": "k1"})

    answer = post(client, {"full_name": "Jonas"}, **{"idempotency-key": "k1"})

    assert (answer.status_code, Person.objects.count()) == (422, 1)


def test_key_whose_first_call_is_under_way_is_a_conflict(admin, api_client):
    client = api_client(admin)
    post(client, {"full_name": "Lena"}, **{"idempotency-key": "k1"})
    IdempotencyKey.objects.update(status=None, body="")

    answer = post(client, {"full_name": "Lena"}, **{"idempotency-key": "k1"})

    assert answer.status_code == 409


def test_refused_call_leaves_its_key_free(admin, api_client):
    client = api_client(admin)
    a_person(emails=["lena@halden.example"])
    body = {"full_name": "Lena", "emails": ["lena@halden.example"]}
    assert post(client, body, **{"idempotency-key": "k1"}).status_code == 409
    assert IdempotencyKey.objects.count() == 0


def test_old_answers_are_forgotten(admin, api_client):
    post(api_client(admin), {"full_name": "Lena"}, **{"idempotency-key": "k1"})
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(days=3))

    prune_idempotency_keys.call()

    assert IdempotencyKey.objects.count() == 0


def test_pages_reach_every_row_once(admin, api_client):
    keys = {str(a_person().key) for _ in range(7)}
    client = api_client(admin)

    seen, cursor = [], ""
    while True:
        page = client.get(PEOPLE, {"limit": 3, "cursor": cursor}).json()
        seen += [row["key"] for row in page["items"]]
        cursor = page["next"]
        if not cursor:
            break

    assert (len(seen), set(seen)) == (7, keys)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{", "Cannot parse"),
        ("[]", "Cannot parse"),
        ('"title"', "Cannot parse"),
        ('{"full_name": NaN}', "Cannot parse"),
        ('{"full_name": 7}', "full_name"),
    ],
)
def test_bad_body_is_a_problem_in_one_sentence(admin, api_client, body, words):
    answer = post(api_client(admin), body)

    assert answer.status_code in {400, 422}
    assert answer["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_text_for_a_body_makes_no_task_of_its_attributes(admin, api_client):
    answer = api_client(admin).post(
        "/api/v1/timeline/tasks", '"call Ann"', content_type="application/json"
    )

    assert (answer.status_code, Task.objects.count()) == (400, 0)


def test_bad_cursor_is_a_problem(admin, api_client):
    answer = api_client(admin).get(PEOPLE, {"cursor": "%%%"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nothing/", 404),
        ("get", "/api/v1/people/7/", 404),
        ("put", "/api/v1/people/", 405),
    ],
)
def test_address_or_method_that_does_not_exist_is_a_problem(client, method, path, status):
    answer = getattr(client, method)(path)

    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer["content-type"] == "application/problem+json"


def test_method_that_does_not_exist_names_those_that_do(client):
    answer = client.put(PEOPLE)

    assert answer["Allow"] == "GET, POST"
    assert answer.json()["detail"] == "This address takes GET, POST."


def test_no_key_is_told_how_to_come_in(client):
    assert client.get(PEOPLE)["WWW-Authenticate"] == "Bearer"


def test_openapi_tells_of_every_problem_and_of_the_header_that_makes_a_call_once(client):
    told = client.get("/api/v1/openapi.json").json()
    reading, writing = (told["paths"][PEOPLE][method] for method in ("get", "post"))

    refusals = ["400", "401", "403", "404", "422", "503"]
    assert [*reading["responses"]] == ["200", *refusals]
    assert sorted(writing["responses"]) == sorted(["201", "409", "411", "413", *refusals])
    assert [said["name"] for said in writing["parameters"]] == ["Idempotency-Key"]
    busy = told["components"]["responses"]["ServiceUnavailable"]
    assert [*busy["content"], *busy["headers"]] == ["application/problem+json", "Retry-After"]


@pytest.mark.django_db
def test_openapi_tells_of_each_route_its_own_kinds(client, company):
    """Enums of modules have the same names: one would stand for all."""
    shapes = client.get("/api/v1/openapi.json").json()["components"]["schemas"]

    told = {name: shapes[name]["properties"]["kind"] for name in ("ActivityIn", "PointIn")}

    assert told["PointIn"]["enum"] == ["minute", "decision", "task"]
    assert sorted(told["ActivityIn"]["enum"]) == ["call", "mail", "meeting"]
    assert shapes["Way"]["enum"] == ["inbox", "mail", "digest", "push", "chat"]


@pytest.mark.django_db
def test_report_that_was_given_up_is_a_503_that_says_why(monkeypatch, api_client, admin, company):
    def give_up(*args, **kwargs):
        raise TookTooLong("Ask for fewer days.")

    monkeypatch.setattr("baton.insight.analytics.api.routes.closed_loop", give_up)

    answer = api_client(admin).get("/api/v1/analytics/closed-loop/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer.json()["detail"] == "Ask for fewer days."
