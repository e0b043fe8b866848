"""The same of the API: with a key of another team there is nothing, and nothing is written."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from ninja import Schema

from baton.core.access.actions import create_api_key, create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from tests.flows.bodies import REPS, body_of, keys_in, plain
from tests.flows.catalogue import Catalogue
from tests.flows.doors import REFUSED, Route, routes, tried, watched
from tests.flows.lasting import Lasting

pytestmark = pytest.mark.django_db
ROUTES = routes()
KEYED = [route for route in ROUTES if route.door.places()]
MET = {200, 201, 204, 409}  # 409: found, and refused by a rule
NOT_READ = {400, 404, 422}
HOUSE_WORDS = {
    "team",
    "endpoint",
    "guide",
    "owner",
    "rep",
    "persona",
    "decision",
    "pool",
    "replaces",
    "campaign",
    "stage",
    "product",
    "visitor",
}


class World:
    """Who may and who may not, each with a key of their own; and what there is to reach."""

    def __init__(self, users: Mapping[str, User]) -> None:
        self.clients = {name: _with_key(user) for name, user in users.items()}
        self.known = Catalogue()
        self.keys = self.known.one_of_each() | dict.fromkeys(REPS, str(users["teo"].key))
        self._ways: dict[str, tuple[str, bool]] = {}

    def send(self, name: str, route: Route, path: str, body: Any) -> Any:
        return _send(self.clients[name], route, path, body)

    def try_out(self, name: str, route: Route, path: str, body: Any) -> Any:
        return tried(self.clients[name], lambda one, at: _send(one, route, at, body), path)

    def body(self, route: Route, **keys: str) -> Any:
        """What the route takes, as small as can be, with these keys in it."""
        return body_of(route, keys=self.keys | keys) | keys

    def opened(self, route: Route) -> tuple[str, bool]:
        """An address that somebody who may can use, and whether its record belongs to a team."""
        if str(route) not in self._ways:
            self._ways[str(route)] = self._opened(route)
        return self._ways[str(route)]

    def _opened(self, route: Route) -> tuple[str, bool]:
        said: set[str] = set()
        body = self.body(route)
        for values in route.door.combinations(self.known):
            path = route.door.filled(values)
            for name in ("ada", "teo"):
                answer = self.try_out(name, route, path, body)
                if answer.status_code in MET:
                    return path, any(piece.is_foreign for piece in values if piece.label)
                said.add(f"{answer.status_code} {answer.content.decode()[:150]}")
        raise AssertionError(f"{route}: nothing opens it. {said}")


KINDS = {"parent": "company", "other": "person"}  # of what kind the record is that a property names


@pytest.fixture(scope="module")
def world(story: Lasting) -> World:
    house = story.house
    vera = create_user(name="Vera", role=Role.VIEWER, email="vera@fennmark.example")
    return World({"ada": house.ada, "teo": house.teo, "otto": house.otto, "vera": vera})


def _with_key(user: User) -> Client:
    _row, secret = create_api_key(user=user, name="tests")
    return Client(headers={"authorization": f"Bearer {secret}"})


def _send(client: Client, route: Route, path: str, body: Any) -> Any:
    if route.method == "get":
        return client.get(path, body)
    if route.takes_file:
        return client.post(path, {"file": SimpleUploadedFile("a.txt", b"a")})
    return client.generic(route.method.upper(), path, json.dumps(body), "application/json")


def _heirs(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    for one in below:
        yield one
        yield from _heirs(one)


def test_every_schema_has_a_name_of_its_own():
    """Of two with one name OpenAPI would publish one, for both."""
    ours = [one for one in _heirs(Schema) if one.__module__.startswith("baton.")]
    twice = [name for name, count in Counter(one.__name__ for one in ours).items() if count > 1]

    assert twice == []


def test_key_of_another_team_opens_nothing(world):
    leaks = []
    for route in KEYED:
        path, is_foreign = world.opened(route)
        with watched() as written:
            status = world.send("otto", route, path, world.body(route)).status_code
        may_look = route.method == "get" and not is_foreign
        if (status not in REFUSED and not may_look) or written:
            leaks.append(f"{route}: {status} {written}")

    assert leaks == []


def test_foreign_record_can_neither_be_named_nor_asked_about(world):
    leaks = []
    for route in ROUTES:
        for name in _named(route):
            leaks += _leaks_of(route, name, world)

    assert leaks == []


def _named(route: Route) -> list[str]:
    """Properties and query parameters that take the key of a record that may be foreign."""
    asked = [one["name"] for one in route.query if plain(one["schema"]).get("format") == "uuid"]
    found = [name for name in [*keys_in(route.body), *asked] if name not in HOUSE_WORDS]
    kinds = {KINDS.get(name, name) for name in found}
    assert kinds <= {"person", "company", "deal", "user"}, f"{route}: whose is {found}?"
    return found if not route.door.places() else []


def _leaks_of(route: Route, name: str, world: World) -> list[str]:
    path, body = (
        route.door.filled(()),
        world.body(route, **{name: world.keys[KINDS.get(name, name)]}),
    )
    met = world.try_out("ada", route, path, body)
    assert met.status_code in MET, f"{route} {name}: {met.content.decode()}"
    with watched() as written:
        answer = world.send("otto", route, path, body)
    is_empty = answer.status_code == 200 and answer.json().get("items") == []
    if (answer.status_code not in NOT_READ | REFUSED and not is_empty) or written:
        return [f"{route} {name}: {answer.status_code} {written}"]
    return []


def test_key_of_a_viewer_writes_nothing(world):
    leaks = []
    for route in ROUTES:
        if route.method == "get":
            continue
        path = world.opened(route)[0] if route.door.places() else route.door.filled(())
        with watched() as written:
            status = world.send("vera", route, path, world.body(route)).status_code
        if status not in REFUSED or written:
            leaks.append(f"{route}: {status} {written}")

    assert leaks == []


def test_without_a_key_there_is_nothing(world):
    statuses = {
        _send(Client(), route, path, {}).status_code
        for route in ROUTES
        for path in [route.door.filled(next(route.door.combinations(world.known)))]
    }

    assert statuses == {401}
