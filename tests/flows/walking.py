"""Somebody who follows every link that stands in a page."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.flows.doors import tried

LINK = re.compile(r'\b(?:href|hx-get|src)="((?:/|\?)[^"#]*)')
OUT = ("/sign-out", "/static/", "/p/", "/meet/", "/ask/")  # ends the walk, or is everybody's
EACH = 2  # of one shape: the same view, asked with words of the same names
MOST = 700


def shape_of(address: str) -> tuple[str, frozenset[str]] | None:
    """None for what is no page of the house."""
    parts = urlsplit(address)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return None
    said = dict(parse_qsl(parts.query))
    # What is asked by is told apart; keys, days and cursors are not.
    told = {
        f"{name}={said[name]}"
        for name in ("by", "group", "as", "column", "view", "part")
        if name in said
    }
    return route, frozenset(said) | told


@dataclass
class Walk:
    """All pages that somebody comes to from these addresses, each shape of them ``EACH`` times."""

    client: Client
    begin: Iterable[str]
    pages: int = 0

    def answers(self) -> Iterator[tuple[str, bytes]]:
        waiting, known = deque(self.begin), Counter[Any]()
        met = set[str]()
        while waiting and self.pages < MOST:
            address = waiting.popleft()
            shape = shape_of(address)
            if address in met or shape is None or address.startswith(OUT) or known[shape] >= EACH:
                continue
            met.add(address)
            answer = tried(self.client, lambda one, at: one.get(at), address)
            if answer.status_code != 200 or answer.streaming:
                continue
            known[shape] += 1
            self.pages += 1
            yield address, answer.content
            if "html" in answer.headers.get("Content-Type", ""):
                text = answer.content.decode()
                waiting.extend(urljoin(address, unescape(one)) for one in LINK.findall(text))
