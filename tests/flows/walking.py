"""Somebody who follows every link that stands in a page."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from urllib.parse import parse_qsl

from django.test import Client
from django.urls import Resolver404, resolve

from tests.flows.doors import NO_SUCH_METHOD, tried

LINK = re.compile(r'\b(?:href|hx-get|src)="((?:/|\?)[^"#]*)')
OUT = ("/sign-out", "/static/", "/p/", "/meet/", "/ask/")  # ends the walk, or is everybody's
TOLD = ("by", "group", "as", "column", "view", "part")
REPORTS = "/insight/"
MOST = 1500
Trait = tuple[str, ...]


@cache
def _route_of(path: str) -> str | None:
    """None for what is no page of the house."""
    try:
        return resolve(path).route
    except Resolver404:
        return None


def traits_of(address: str) -> set[Trait]:
    """What is asked of a view, word by word: all combinations of them are many thousands, of which
    a walk would see those of one list alone.

    What is asked by is told apart; keys, days and cursors are not, nor the groups of a report.
    """
    path, _mark, query = address.partition("?")
    if path.startswith(OUT) or (route := _route_of(path)) is None:
        return set()
    said = dict(parse_qsl(query))
    if path.startswith(REPORTS):
        said.pop("group", None)  # a value of the same statement
    told = {name: said[name] for name in TOLD if name in said}
    return {(route,), *((route, name) for name in said), *((route, *one) for one in told.items())}


@dataclass
class Walk:
    """The pages of these addresses, and those they lead to that are asked for anything new."""

    client: Client
    begin: list[str]
    pages: int = 0
    known: set[Trait] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    shut: set[str | None] = field(default_factory=set)  # routes that show no page

    def answers(self) -> Iterator[tuple[str, bytes]]:
        self.met |= set(self.begin)
        for address in self.begin:
            yield from self._answer(address)
        while self.waiting and self.pages < MOST:
            address = self.waiting.popleft()
            if not traits_of(address) <= self.known:
                yield from self._answer(address)

    def _answer(self, address: str) -> Iterator[tuple[str, bytes]]:
        route = _route_of(address.partition("?")[0])
        if route in self.shut:
            return
        answer = tried(self.client, lambda one, at: one.get(at), address)
        if answer.status_code == NO_SUCH_METHOD:
            self.shut.add(route)
        if answer.status_code != 200 or answer.streaming:
            return
        self.known |= traits_of(address)
        self.pages += 1
        yield address, answer.content
        if "html" in answer.headers.get("Content-Type", ""):
            self._go_on(address.partition("?")[0], answer.content.decode())

    def _go_on(self, here: str, text: str) -> None:
        for link in map(unescape, LINK.findall(text)):
            address = link if link.startswith("/") else here + link
            if address not in self.met:
                self.met.add(address)
                self.waiting.append(address)
