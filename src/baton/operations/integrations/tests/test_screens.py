import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.http.tests.factories import answering, serving
from baton.operations.integrations import actions
from baton.operations.integrations.models import Delivery, Endpoint
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "https://example.org/hook"


@pytest.fixture
def made(admin):
    return actions.create_endpoint(
        url=URL, facts=["deal.won"], description="Shop", by=admin, at=AT
    )[0]


def at(name, *keys):
    return reverse(f"integrations:{name}", args=keys)


def test_admin_makes_an_endpoint_and_reads_its_secret_once(signed_in, admin):
    client = signed_in(admin)

    page = client.post(at("new-endpoint"), {"url": URL, "facts": ["deal.won"], "description": ""})

    endpoint = Endpoint.objects.get()
    assert "whsec_" in page.content.decode()
    assert (endpoint.url, endpoint.facts, endpoint.made_by) == (URL, ["deal.won"], admin)
    for path in (at("endpoints"), at("endpoint", endpoint.key), at("edit-endpoint", endpoint.key)):
        shown = client.get(path).content.decode()
        assert URL in shown
        assert "whsec_" not in shown


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://10.0.0.1/", "https://127.0.0.1/", "ftp://x/", "x"]
)
def test_address_inside_is_refused_with_a_sentence(url, signed_in, admin):
    page = signed_in(admin).post(at("new-endpoint"), {"url": url})

    assert page.status_code == 422
    assert not Endpoint.objects.exists()


def test_test_message_shows_its_answer(signed_in, admin, made, settings, run_background):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    client = signed_in(admin)
    with serving(answering(200, "hello there")) as server:
        Endpoint.objects.update(url=server.url)
        sent = client.post(at("test-endpoint", made.key))
        run_background()

    page = client.get(sent.url).content.decode()
    assert "hello there" in page
    assert "webhook.test" in page
    assert "webhook.test" in client.get(at("endpoint", made.key) + "?state=sent").content.decode()


def test_buttons_switch_rotate_replay_and_delete(signed_in, admin, made):
    client = signed_in(admin)
    row = Delivery.objects.create(
        endpoint=made,
        message_id="m",
        name="deal.won",
        body="{}",
        due_at=AT,
        state="failed",
        tries=8,
    )

    client.post(at("switch-endpoint", made.key))
    assert not Endpoint.objects.get().is_on
    client.post(at("switch-endpoint", made.key), {"on": "1"})
    assert Endpoint.objects.get().is_on
    assert "whsec_" in client.post(at("rotate-secret", made.key)).content.decode()
    client.post(at("replay-failed", made.key))
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)
    assert client.get(at("delivery", row.key)).status_code == 200
    client.post(at("replay-delivery", row.key))
    client.post(at("delete-endpoint", made.key))
    assert client.get(at("endpoint", made.key)).status_code == 404
    assert client.get(at("delivery", row.key)).status_code == 404


def test_only_who_looks_after_the_house_comes_in(signed_in, rep, marketer, made):
    for user in (rep, marketer):
        client = signed_in(user)
        assert client.get(at("endpoints")).status_code == 403
        assert client.get(at("endpoint", made.key)).status_code == 403
        assert client.post(at("rotate-secret", made.key)).status_code == 403


def test_list_costs_the_same_however_many(signed_in, admin, made):
    client = signed_in(admin)

    def questions():
        with CaptureQueriesContext(connection) as seen:
            client.get(at("endpoints"))
        return len(seen)

    questions()
    few = questions()
    for number in range(4):
        actions.create_endpoint(url=f"{URL}{number}", facts=[], description="", by=admin, at=AT)

    assert questions() == few


def test_api_keeps_endpoints_and_tells_deliveries(api_client, admin, rep):
    client = api_client(admin)
    base = "/api/v1/integrations/"
    body = json.dumps({"url": URL, "facts": ["deal.won"]})

    made = client.post(f"{base}endpoints/", body, content_type="application/json").json()
    one = f"{base}endpoints/{made['key']}/"
    edited = client.patch(one, json.dumps({"is_on": False}), content_type="application/json")
    bad = client.patch(one, json.dumps({"url": "https://[::1]/"}), content_type="application/json")
    test = client.post(f"{one}test/").json()
    Delivery.objects.update(state="failed")
    again = client.post(f"{base}deliveries/{test['key']}/again/").json()

    assert "secret" not in made
    assert (edited.json()["is_on"], edited.json()["url"]) == (False, URL)
    assert bad.status_code == 409
    assert client.get(f"{base}deliveries/?state=waiting").json()["items"] == [again]
    assert client.get(f"{base}deliveries/?state=gone").status_code == 422
    assert client.post(f"{one}secret/").json()["secret"].startswith("whsec_")
    assert client.post(f"{one}again/").json() == {"count": 0}
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404
    assert api_client(rep).get(f"{base}endpoints/").status_code == 403
