"""Nobody reaches another team's records by any address, and nobody who only looks writes."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from baton.core.access.actions import create_user
from baton.core.access.doors import SIGNED_IN
from baton.core.access.roles import Role
from tests.flows.acts import Desk
from tests.flows.catalogue import Catalogue, Piece
from tests.flows.doors import NO_SUCH_METHOD, REFUSED, Door, screens, tried, watched

pytestmark = pytest.mark.django_db
SCREENS = screens()
KEYED = [door for door in SCREENS if door.places()]
METHODS = ("get", "post")
SIGN_IN = "/sign-in/"


@pytest.fixture(scope="module")
def world(story):
    return story.house


@pytest.fixture(scope="module")
def known(world) -> Catalogue:
    return Catalogue()


@pytest.fixture(scope="module")
def opened(world, known) -> dict[Door, list[tuple[Piece, ...]]]:
    """What really is behind each door, for those who may open it."""
    insiders = [Desk(world.ada).client, Desk(world.teo).client]
    return {door: _opened(door, known, insiders) for door in SCREENS}


@pytest.fixture
def desks(world) -> dict[str, Client]:
    """Signed in before anything is compared: that is written down, too."""
    vera = create_user(name="Vera", role=Role.VIEWER, email="vera@fennmark.example")
    return {"otto": Desk(world.otto).client, "vera": Desk(vera).client}


@pytest.fixture
def unchanged(desks) -> Iterator[None]:
    """All rows of all tables are the same afterwards, sessions and the like aside."""
    before = _rows()
    yield
    assert {name for name, rows in _rows().items() if rows != before[name]} == set()


def _rows() -> dict[str, list[Any]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.label not in {"signin.Session", "access.ApiKey", "api.IdempotencyKey"}
        and model._meta.app_label != "axes"
        and model._meta.managed  # the words of records follow from them
    }


def _ask(method: str) -> Callable[[Client, str], Any]:
    return lambda client, path: getattr(client, method)(path)


def _opened(door: Door, known: Catalogue, clients: list[Client]) -> list[tuple[Piece, ...]]:
    """What really is behind the door: shown by somebody who may open it, once for each kind."""
    found: dict[str, tuple[Piece, ...]] = {}
    names = [name for name, _converter in door.places()]
    methods = list(METHODS)
    if not names:
        return [()]
    for values in door.combinations(known):
        kind = next((v.value for n, v in zip(names, values, strict=True) if n == "kind"), "")
        if kind not in found and _opens(door.filled(values), clients, methods):
            found[kind] = values
            if "kind" not in names:
                break
    kinds = {v.value for n in names if n == "kind" for v in _kinds(door, known)} or {""}
    assert set(found) == kinds, f"No record of tests/flows/foreign.py opens {door.address}"
    return list(found.values())


def _kinds(door: Door, known: Catalogue) -> list[Piece]:
    places = [name for name, _converter in door.places()]
    return list({values[places.index("kind")] for values in door.combinations(known)})


def _opens(path: str, clients: list[Client], methods: list[str]) -> bool:
    """Leaves in ``methods`` those that the door has."""
    for client, method in product(clients, list(methods)):
        if method in methods:
            status = tried(client, _ask(method), path).status_code
            if status == NO_SUCH_METHOD:
                methods.remove(method)
            elif status not in REFUSED:
                return True
    return False


def _leaks(client: Client, path: str, *, may_look: bool, may_ask: bool = False) -> list[str]:
    """``may_ask``: the address names no record, so any answer will do that changes nothing."""
    leaks = []
    for method in METHODS:
        with watched() as written:
            status = getattr(client, method)(path).status_code
        is_fine = status in REFUSED | {NO_SUCH_METHOD} or (may_look and method == "get") or may_ask
        if not is_fine or written:
            leaks.append(f"{method.upper()} {path}: {status} {written}")
    return leaks


def test_somebody_of_another_team_reaches_nothing(opened, desks, unchanged):
    leaks = []
    for door in KEYED:
        for values in opened[door]:
            named = [piece for piece in values if piece.label]
            may_look = not any(piece.is_foreign for piece in named)
            path = door.filled(values)
            leaks += _leaks(desks["otto"], path, may_look=may_look, may_ask=not named)

    assert leaks == []


def test_who_only_looks_changes_nothing(opened, desks, unchanged):
    leaks = []
    for door in SCREENS:
        if door.permission == SIGNED_IN and not door.places():
            continue  # their own session
        for values in opened[door]:
            leaks += _leaks(desks["vera"], door.filled(values), may_look=True)

    assert leaks == []


def test_strangers_are_asked_to_sign_in(known, unchanged):
    stranger = Client()
    open_doors = []
    for door in SCREENS:
        path = door.filled(next(iter(door.combinations(known)), ()))
        for method in METHODS:
            answer = getattr(stranger, method)(path)
            is_sent_away = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
            if not is_sent_away and answer.status_code not in {403, NO_SUCH_METHOD}:
                open_doors.append(f"{method} {path}: {answer.status_code}")

    assert open_doors == []
