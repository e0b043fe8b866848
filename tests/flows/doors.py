"""Every way into the house, read from the URLconf and from OpenAPI: nothing is listed by hand."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from baton.config.urls import api
from baton.core.access.doors import permission_of
from tests.flows.catalogue import Catalogue, Piece

PLACE = re.compile(r"<(\w+):(\w+)>")
# What an address calls otherwise than its model: by its last word, or by all before the place.
MODELS = {
    "people": "person",
    "assign": "person",
    "companies": "company",
    "leads": "handoff",
    "activities": "activity",
    "rules": "routingrule",
    "score": "scorerule",
    "named": "namedaccount",
    "territories": "territory",
    "reps": "user",
    "keys": "apikey",
    "sessions": "session",
    "runs": "bulkrun",
    "invitations": "invitation",
    "shares": "user",
    "files": "file",
    "free-days": "freeday",
    "trials": "scoretrial",
    "purchases": "order",
    "of-purchase": "order",
    "settings/rules": "validationrule",
    "settings/fields": "fielddefinition",
    "customers/start": "deal",
    "customers/plan": "templatestep",
    "check-ins": "checkinrule",
    "api/v1/purchases": "product",
    "api/v1/discovery": "guide",
}
REFUSED = {403, 404}
NO_SUCH_METHOD = 405
# Bookkeeping of who came in: written also for those who are sent away.
SIDE_EFFECTS = ("signin_session", "access_apikey", "api_idempotencykey", "axes_")
Ask = Callable[[Client, str], Any]


@dataclass(frozen=True, kw_only=True)
class Door:
    """One address of one view; ``app`` is the module behind it."""

    address: str
    permission: str
    app: str

    def places(self) -> list[tuple[str, str]]:
        """(name, converter) of what is to be put in."""
        return [(name, converter) for converter, name in PLACE.findall(self.address)]

    def filled(self, values: tuple[Piece, ...]) -> str:
        rest = iter(values)
        return "/" + PLACE.sub(lambda _found: next(rest).value, self.address)

    def combinations(self, known: Catalogue) -> Iterator[tuple[Piece, ...]]:
        """All that may be put in, what the address seems to mean first."""
        offered = [known.pieces(name, converter) for name, converter in self.places()]
        for place, found in zip(self.places(), offered, strict=True):
            assert found, f"{self.address}: tests/flows/catalogue.py knows no value for {place[0]}"
        before = [_meant(one.strip("/")) for one in PLACE.split(self.address)[::3]]
        names = [name for name, _converter in self.places()]

        def strangeness(values: tuple[Piece, ...]) -> int:
            """Only so that the right record is found soon; in the end all are tried."""
            strange = 0
            for place, piece in enumerate(values):
                meant = before[place] or _meant(values[place - 1].value)
                strange += _misses(piece.of, meant, names[place], self.app)
            return strange

        return iter(sorted(product(*offered), key=strangeness))

    def paths(self, known: Catalogue, *, each: int) -> Iterator[str]:
        """Its address with the records that it seems to mean, some of them."""
        found = self.combinations(known) if self.places() else iter([()])
        return (self.filled(values) for values in islice(found, each))


def _meant(words: str) -> str:
    last = words.rpartition("/")[2]
    return MODELS.get(words) or MODELS.get(last) or last


@cache
def _misses(of: tuple[str, str], meant: str, name: str, here: str) -> int:
    app, model = of
    is_meant = model and meant.startswith(model)
    is_named = name != "key" and model.endswith(name)
    return 0 if is_meant or is_named or not model else 1 + (app != here)


def screens() -> list[Door]:
    """All that are not public, theme and sign-in aside."""
    return [
        Door(address=address, permission=mark, app=view.__module__.split(".")[2])
        for address, view in _views()
        if (mark := permission_of(view))
    ]


def _views(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver) and entry.app_name != "ninja":
            yield from _views(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


@dataclass(frozen=True, kw_only=True)
class Route:
    """One operation of the API."""

    method: str
    door: Door
    body: dict[str, Any] | None  # JSON schema
    query: list[dict[str, Any]]
    takes_file: bool = False

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.door.address}"


def routes() -> list[Route]:
    """All of them: each needs a key."""
    schema = api.get_openapi_schema()
    return [
        Route(
            method=method,
            door=Door(address=_typed(path, operation), permission="api", app=path.split("/")[3]),
            body=_body(operation),
            query=[one for one in operation.get("parameters", []) if one["in"] == "query"],
            takes_file="multipart/form-data" in _contents(operation),
        )
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]


def _typed(path: str, operation: dict[str, Any]) -> str:
    """``/people/{key}/`` as the URLconf would write it."""
    kinds = {
        one["name"]: "uuid" if one["schema"].get("format") == "uuid" else "str"
        for one in operation.get("parameters", [])
        if one["in"] == "path"
    }
    return re.sub(r"{(\w+)}", lambda found: f"<{kinds[found[1]]}:{found[1]}>", path).lstrip("/")


def _body(operation: dict[str, Any]) -> dict[str, Any] | None:
    found: dict[str, Any] | None = _contents(operation).get("application/json", {}).get("schema")
    return found


def _contents(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    return found


def tried(client: Client, ask: Ask, path: str) -> Any:
    """The answer, without its consequences."""
    with transaction.atomic():
        answer = ask(client, path)
        if answer.streaming:
            deque(answer.streaming_content, maxlen=0)  # to its end, where the file is closed
        transaction.set_rollback(True)
    return answer


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collects what is written meanwhile, bookkeeping aside."""
    written: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(
            table in sql for table in SIDE_EFFECTS
        ):
            written.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written
