"""Old facts in today's shape: upcasters stand beside the events whose payload has changed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from baton.core.facts.kinds import Fact, UnknownFact, kinds, readers

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
_upcasters: dict[tuple[str, int], Upcaster] = {}


def upcast(name: str, *, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """The function turns a payload of that version (as JSON) into one of the next."""

    def register(function: Upcaster) -> Upcaster:
        _upcasters[name, from_version] = function
        return function

    return register


def missing_upcasters() -> Iterator[tuple[str, int]]:
    """Name and version of facts that could no longer be read. A test wants none."""
    for name, kind in kinds.items():
        for version in range(1, kind.version):
            if (name, version) not in _upcasters:
                yield name, version


def restore(
    name: str, *, version: int, envelope: Mapping[str, Any], payload: dict[str, Any]
) -> Fact:
    """The fact as its kind's present class, or an UnknownFact if there is none for it."""
    kind = kinds.get(name)
    if kind is None or version > kind.version:
        return UnknownFact(**envelope, stored_name=name, stored_version=version, raw=payload)
    for step in range(version, kind.version):
        payload = _upcasters[name, step](payload)
    read = readers(kind)
    # A key that is not ours was added by a newer program, before an upgrade was taken back.
    own = {key: read[key](value) for key, value in payload.items() if key in read}
    return kind(**envelope, **own)
