"""One's own order of pins, over saved views and records of all kinds."""

import re

import pytest
from django.urls import reverse

from baton.core.colleagues.interests import set_pinned
from baton.core.colleagues.slots import record_kinds
from baton.core.saved.actions import create_view, pin_view
from baton.records.people.tests.factories import a_person
from baton.records.timeline.tests.factories import AT

pytestmark = pytest.mark.django_db


def pin(record, *, user):
    kind = record_kinds.find("person")
    assert kind
    set_pinned(kind=kind, record=record, user=user, at=AT)


def order(client):
    page = client.get(reverse("ui:pins")).content.decode()
    side = page.partition('<div class="side-foot">')[0]
    return re.findall(r'data-pin="[^"]+"><a [^>]+title="([^"]+)"', side)


def named(client, label):
    page = client.get(reverse("ui:pins")).content.decode()
    found = re.search(rf'data-pin="([^"]+)"><a [^>]+title="{label}"', page)
    assert found
    return found[1]


@pytest.fixture
def client_with_pins(signed_in, rep):
    view = create_view(list_name="people", name="Warm", state="", by=rep, at=AT)
    pin_view(view=view, user=rep)
    for name in ("Ann Lund", "Ben Roth"):
        pin(a_person(full_name=name, owner=rep), user=rep)
    return signed_in(rep)


def test_pins_stand_in_the_order_that_their_owner_gives(client_with_pins, rep):
    client = client_with_pins
    first, *others = order(client)

    client.post(reverse("ui:pins"), {"name": named(client, first), "to": "2"})

    assert order(client) == [*others, first]


def test_pin_that_is_new_stands_on_top_and_one_pinned_anew_too(client_with_pins, rep):
    client = client_with_pins
    client.post(reverse("ui:pins"), {"name": named(client, "Warm"), "to": "0"})
    before = order(client)

    pin(a_person(full_name="Cleo Ray", owner=rep), user=rep)

    assert order(client) == ["Cleo Ray", *before]


def test_moved_pin_is_told_with_its_place_for_htmx(client_with_pins):
    client = client_with_pins
    name = named(client, "Warm")

    answer = client.post(
        reverse("ui:pins"), {"name": name, "to": "9"}, headers={"HX-Request": "true"}
    )

    assert "Warm: place 3 of 3" in answer.content.decode()


@pytest.mark.parametrize("to", ["", "-1", "x", "99999"])
def test_nonsense_places_are_none(client_with_pins, to):
    client = client_with_pins
    before = order(client)

    answer = client.post(reverse("ui:pins"), {"name": named(client, "Warm"), "to": to})

    assert (answer.status_code, order(client)) == (404, before)


def test_order_is_each_users_own(client_with_pins, signed_in, colleague, rep):
    other = signed_in(colleague)
    name = named(client_with_pins, "Ann Lund")

    assert other.post(reverse("ui:pins"), {"name": name, "to": "0"}).status_code == 404
    assert order(other) == []
