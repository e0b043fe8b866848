"""Pages, free times and meetings over the API."""

import json
from uuid import uuid4

import pytest
import time_machine

from baton.core.limits import Limits, read_by
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.tests.factories import AT, a_booking, a_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/api/v1/scheduling/"
TEN = "2026-03-03T09:00:00Z"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(rep):
    return a_page(rep, slug="teo")


def post(client, path, body=None, **headers):
    return client.post(
        URL + path, json.dumps(body or {}), content_type="application/json", headers=headers
    )


def wanted(page, **over):
    body = {
        "user": str(page.user.key),
        "starts_at": TEN,
        "name": "Ida",
        "email": "ida@holm.example",
    }
    return body | over


def test_free_times_are_booked_moved_and_cancelled(rep, page, api_client):
    client = api_client(rep)
    [shown] = client.get(URL + "pages/").json()["items"]
    times = client.get(f"{URL}pages/{shown['key']}/times/?since=2026-03-03").json()

    made = post(client, "bookings/", wanted(page, zone="Europe/Oslo"))
    taken = post(client, "bookings/", wanted(page, email="ole@holm.example"))

    assert (shown["link"], shown["user"]) == ("/meet/teo/", str(rep.key))
    assert times["starts"][2] == TEN
    assert times["next"] == "2026-03-23"
    assert (made.status_code, made.json()["zone"], taken.status_code) == (201, "Europe/Oslo", 409)
    at = f"bookings/{made.json()['key']}/"
    moved = post(client, at + "move/", {"starts_at": "2026-03-03T10:00:00+00:00"})
    assert moved.json()["starts_at"] == "2026-03-03T10:00:00Z"
    states = [post(client, at + "cancel/").json()["state"] for _ in range(2)]
    assert states == ["cancelled", "cancelled"]
    assert post(client, at + "move/", {"starts_at": TEN}).status_code == 409
    assert client.get(URL + "bookings/?state=booked").json()["items"] == []
    assert client.get(URL + at).json()["person"] == str(Booking.objects.get().person.key)


def test_one_idempotency_key_books_once(rep, page, api_client):
    client = api_client(rep)

    first, again = (post(client, "bookings/", wanted(page), idempotency_key="k1") for _ in range(2))

    assert first.json() == again.json()
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    "over",
    [
        {"zone": "Nowhere/Land"},
        {"starts_at": "tomorrow"},
        {"starts_at": 1},
        {"name": ""},
        {"email": "x" * 255},
        {"more": 1},
        {"user": "x"},
    ],
)
def test_what_cannot_be_is_refused_by_its_field(rep, page, api_client, over):
    answer = post(api_client(rep), "bookings/", wanted(page, **over))

    assert answer.status_code == 422
    assert Booking.objects.count() == 0


def test_unreadable_mail_and_a_time_of_nobody_are_refused(rep, page, api_client):
    client = api_client(rep)

    assert post(client, "bookings/", wanted(page, email="nobody")).status_code == 409
    assert (
        post(client, "bookings/", wanted(page, starts_at="2026-03-03T03:00:00Z")).status_code == 409
    )
    assert post(client, "bookings/", wanted(page, user=str(uuid4()))).status_code == 404


def test_other_teams_see_and_change_nothing(rep, outsider, page, api_client):
    booking, client = a_booking(page), api_client(outsider)

    assert client.get(URL + "pages/").json()["items"] == []
    assert client.get(URL + "bookings/").json()["items"] == []
    assert client.get(f"{URL}bookings/{booking.key}/").status_code == 404
    assert client.get(f"{URL}pages/{page.key}/times/").status_code == 404
    assert post(client, "bookings/", wanted(page)).status_code == 404
    assert post(client, f"bookings/{booking.key}/cancel/").status_code == 404


def test_who_is_kept_from_mails_reads_none_in_a_booking(page):
    booking = a_booking(page, phone="+47 22 33 44 55")

    with read_by(lambda _object: Limits(hidden=frozenset({"emails", "zone"}))):
        seen = Booking.objects.get(pk=booking.pk)

    assert (seen.email, seen.phone, seen.zone) == ("", "+47 22 33 44 55", "Europe/Oslo")
