"""The smallest body that an OpenAPI schema takes, with the keys of given records in it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from baton.config.urls import api
from tests.flows.doors import Route

SAMPLES: Mapping[str, Any] = {
    "string": "a",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "array": [],
    "object": {},
}
FORMATS = {"date": "2026-03-01", "date-time": "2026-03-01T09:00:00Z"}
# Words that only the rules behind a route know; by the name of the property.
WORDS: Mapping[str, Any] = {
    "currency": "EUR",
    "channel": "email",
    "kind": "ads",
    "email": "jonas.weil@corvid.example",
    "from_on": "2026-03-01",
    "to_on": "2026-03-02",
}
REPS = ("user", "owner", "rep")  # what a property is called that takes the key of a rep
# What a body must say so that its route finds it worth looking at the record; by address.
MEANT: Mapping[str, Mapping[str, Any]] = {
    "activities": {"kind": "call", "outcome": "conversation"},
    "reject": {"reason": "no_fit"},
    "disqualify": {"reason": "no_need"},
    "submissions": {"form": "guide", "values": {"name": "A", "email": "a@halden.example"}},
    "purchases/orders": {"email": "jonas.weil@corvid.example"},
    "purchases/subscriptions": {"email": "jonas.weil@corvid.example", "interval": "month"},
    "audience/try": {"sentences": ["Hello {first_name}"]},
    "answers": {"answers": {"q1": "Eleven"}},
    "move": {"to_stage": "sql", "reason": "Met"},
}


def body_of(route: Route, *, keys: Mapping[str, str]) -> dict[str, Any]:
    """What the route takes, as small as can be; {} where it takes nothing."""
    if route.body is None:
        return {}
    meant = (said for part, said in MEANT.items() if f"/{part}" in route.door.address)
    return body_for(route.body, keys=keys, words=next(meant, {}))


def keys_in(schema: Mapping[str, Any] | None) -> list[str]:
    """Names of the properties that take a record's key."""
    found = resolved(schema or {}).get("properties", {})
    return [name for name, one in found.items() if plain(one).get("format") == "uuid"]


def body_for(
    schema: Mapping[str, Any], *, keys: Mapping[str, str], words: Mapping[str, Any]
) -> dict[str, Any]:
    """Required properties only, and those that ``words`` knows; ``keys`` where one is required."""
    whole = resolved(schema)
    properties = whole.get("properties", {})
    wanted = whole.get("required", [])
    return {name: _sample(name, properties[name], keys, words) for name in wanted} | {
        name: value for name, value in words.items() if name in properties
    }


def _sample(
    name: str, schema: Mapping[str, Any], keys: Mapping[str, str], words: Mapping[str, Any]
) -> Any:
    one = plain(schema)
    if one.get("format") == "uuid":
        return keys[name]
    if "enum" in one:
        return one["enum"][0]
    if "const" in one:
        return one["const"]
    if one.get("type") == "object" and one.get("properties"):
        return body_for(one, keys=keys, words={})
    known = words.get(name) or WORDS.get(name) or FORMATS.get(one.get("format", ""))
    return known or SAMPLES[one.get("type", "string")]


def plain(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without references, and without the possibility of null."""
    one = resolved(schema)
    for other in one.get("anyOf", []) + one.get("allOf", []):
        found = resolved(other)
        if found.get("type") != "null":
            return plain(found)
    return one


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a ``$ref`` names."""
    if "$ref" not in schema:
        return schema
    return schemas()[schema["$ref"].rpartition("/")[2]]


@cache
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """By name, as the API publishes them."""
    found: Mapping[str, Mapping[str, Any]] = api.get_openapi_schema()["components"]["schemas"]
    return found
