import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.utils import timezone

from baton.core.facts.kinds import UnknownFact, kinds, readers
from baton.core.facts.models import FactRecord
from baton.core.http.tests.factories import answering, serving
from baton.core.notices.models import Notice
from baton.core.settings.models import Organisation
from baton.operations.integrations import actions, rules
from baton.operations.integrations.actions.delivering import forget_old
from baton.operations.integrations.actions.sending import send_due
from baton.operations.integrations.models import Delivery, Endpoint
from baton.operations.integrations.queries import bodies_of, model_of
from baton.operations.integrations.tasks import send_webhooks
from baton.records.people.actions import assign_owner
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def server():
    with serving(answering(200)) as running:
        yield running


def an_endpoint(url, *, by=None, facts=()):
    made, secret = actions.create_endpoint(url=url, facts=facts, description="", by=by, at=AT)
    return made, secret


def send(at=None):
    given_up: list[Endpoint] = []
    send_due(now=lambda: at or timezone.now(), given_up=given_up.append)
    return given_up


def a_letter(endpoint, number=1, at=AT):
    return Delivery.objects.create(
        endpoint=endpoint, message_id=f"m{number}", name="deal.won", body="{}", due_at=at
    )


def test_signature_is_that_of_the_specification():
    signed = rules.signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=datetime.fromtimestamp(1614265330, UTC),
        body=b'{"test": 2432232314}',
    )

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_fact_reaches_who_wants_it_signed_and_with_keys(server, admin, rep, run_background):
    endpoint, secret = an_endpoint(server.url, facts=["person.owner_changed"])
    an_endpoint(server.url.replace("hook", "other"), facts=["deal.won"])
    run_background()  # seats who listens
    person = a_person(company=a_company(), owner=admin)
    assign_owner(person=person, owner=rep, by=admin, at=AT)

    run_background()

    [(headers, body)] = server.asked
    told, fact = json.loads(body), FactRecord.objects.get(name="person.owner_changed")
    assert told["type"] == "person.owner_changed"
    assert told["about"]["person"] == str(person.key)
    assert told["about"]["actor"] == str(admin.key)
    assert told["data"]["owner"] == str(rep.key)
    assert "owner_id" not in told["data"]
    signed = f"{fact.key}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-id"] == str(fact.key)
    assert headers["webhook-signature"] == f"v1,{expected}"
    row = Delivery.objects.get()
    assert (row.endpoint, row.state, row.status, row.told) == (endpoint, "sent", 200, "thanks")


def test_same_fact_twice_is_one_delivery(server):
    an_endpoint(server.url)
    person = a_person()
    facts = [record.as_fact() for record in FactRecord.objects.filter(person_id=person.pk)]

    for _time in range(2):
        actions.queue_facts(facts=facts, at=AT)

    assert Delivery.objects.count() == len(facts) > 0


def test_every_id_of_every_fact_is_told_as_a_key():
    # A share has no key, and the record that it opens stands under "about".
    untold = {"share_id", "object_id"}
    ids = {
        (kind.name, name)
        for kind in kinds.values()
        if kind is not UnknownFact and kind.__module__.startswith("baton.")
        for name in readers(kind)
        if name.endswith(("_id", "_ids")) and name not in untold
    }

    assert [name for name in ids if model_of(name[1], kinds[name[0]]) is None] == []


def test_bodies_cost_the_same_however_many_facts(django_assert_num_queries):
    for _number in range(3):
        a_person()
    facts = [record.as_fact() for record in FactRecord.objects.filter(name="person.created")]

    with django_assert_num_queries(2):
        bodies_of(facts[:1])
    with django_assert_num_queries(2):
        assert len(bodies_of(facts)) == 3


@pytest.mark.parametrize("status", [199, 301, 302, 404, 410, 500])
def test_anything_but_2xx_is_tried_again_later(status, server):
    server.reply = answering(status, "no", Location="http://169.254.169.254/")
    endpoint, _secret = an_endpoint(server.url)
    row = a_letter(endpoint)

    send(AT)

    row.refresh_from_db()
    assert (row.state, row.tries, row.status, len(server.asked)) == ("waiting", 1, status, 1)
    assert timedelta(seconds=8) <= row.due_at - AT <= timedelta(seconds=12)
    assert row.attempts[0]["status"] == status
    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.busy_until) == (AT, None)


def test_eight_tries_in_about_three_days_then_it_is_given_up(server):
    server.reply = answering(500)
    endpoint, _secret = an_endpoint(server.url)
    row, at = a_letter(endpoint), AT
    for _try in range(12):
        send(at)
        row.refresh_from_db()
        at = max(row.due_at, at)

    assert (row.state, row.tries, len(server.asked)) == ("failed", 8, 8)
    assert timedelta(days=2) < at - AT < timedelta(days=4)


def test_slow_endpoint_keeps_nobody_else_waiting(server):
    over, order = Event(), []

    def slow(handler):
        over.wait(5)
        answering(200)(handler)
        order.append("slow")

    def quick(handler):
        answering(200)(handler)
        order.append("quick")
        if order.count("quick") == 2:
            over.set()

    server.reply = quick
    with serving(slow) as other:
        slow_one, _secret = an_endpoint(other.url)
        quick_one, _secret = an_endpoint(server.url)
        for number in range(2):
            a_letter(slow_one, number)
            a_letter(quick_one, number)
        send(AT)

    assert order[:2] == ["quick", "quick"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_redirect_and_private_address_are_never_followed(settings, server):
    endpoint, _secret = an_endpoint(server.url)
    row = a_letter(endpoint)
    settings.WEBHOOK_PRIVATE_HOSTS = []

    send(AT)

    row.refresh_from_db()
    assert (row.state, row.status, row.told) == (
        "waiting",
        None,
        "Only https addresses are called.",
    )
    assert server.asked == []


def test_five_days_of_failure_switch_it_off_and_tell_its_maker(server, admin, run_background):
    server.reply = answering(500)
    endpoint, _secret = an_endpoint(server.url, by=admin)
    Endpoint.objects.update(failing_since=timezone.now() - timedelta(days=6))
    actions.send_test(endpoint=endpoint, at=timezone.now())

    send_webhooks.enqueue()
    run_background()

    endpoint.refresh_from_db()
    assert (endpoint.is_on, endpoint.given_up_at is not None) == (False, True)
    assert Notice.objects.get(user=admin).kind == "webhook.given_up"
    actions.edit_endpoint(endpoint=endpoint, values={"is_on": True}, by=admin, at=AT)
    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.given_up_at) == (None, None)


def test_success_ends_the_count_of_failures(server):
    endpoint, _secret = an_endpoint(server.url)
    Endpoint.objects.update(failing_since=AT - timedelta(days=4))
    a_letter(endpoint)

    assert send(AT) == []

    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


def test_former_secret_signs_for_a_day(server):
    endpoint, former = an_endpoint(server.url)
    fresh = actions.rotate_secret(endpoint=endpoint, by=None, at=AT)
    for number, at in enumerate((AT, AT + timedelta(days=2))):
        a_letter(endpoint, number, at)
        send(at)

    def signed(secret, place, at):
        body = server.asked[place][1]
        return rules.signature(secret, message_id=f"m{place}", at=at, body=body)

    both, one = (headers["webhook-signature"].split() for headers, _body in server.asked)
    assert both == [signed(fresh, 0, AT), signed(former, 0, AT)]
    assert one == [signed(fresh, 1, AT + timedelta(days=2))]


def test_secret_lies_sealed():
    endpoint, secret = an_endpoint("https://example.org/")

    assert secret.startswith("whsec_")
    assert secret not in Endpoint.objects.get(pk=endpoint.pk).secret


def test_house_that_is_not_armed_calls_nobody(server):
    endpoint, _secret = an_endpoint(server.url)
    row = a_letter(endpoint)
    Organisation.objects.update(is_armed=False)

    send(AT)

    row.refresh_from_db()
    assert (row.state, row.tries, server.asked) == ("waiting", 0, [])


def test_replay_sends_the_same_id_with_all_its_tries(server):
    endpoint, _secret = an_endpoint(server.url)
    row, other = a_letter(endpoint, 1), a_letter(endpoint, 2)
    Delivery.objects.update(state="failed", tries=8)

    actions.replay(delivery=row, at=AT)
    send(AT)
    assert actions.replay_failed(endpoint=endpoint, at=AT) == 1
    send(AT)

    assert [headers["webhook-id"] for headers, _body in server.asked] == ["m1", "m2"]
    other.refresh_from_db()
    assert (other.state, other.tries) == ("sent", 1)


def test_old_deliveries_are_forgotten_and_owed_ones_kept(server):
    endpoint, _secret = an_endpoint(server.url)
    sent, owed = a_letter(endpoint, 1), a_letter(endpoint, 2)
    Delivery.objects.update(created_at=AT - timedelta(days=31))
    Delivery.objects.filter(pk=sent.pk).update(state="sent")

    assert forget_old(at=AT) == 1
    assert Delivery.objects.get() == owed
