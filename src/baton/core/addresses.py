"""Where the page of a record lies. A list asks that for each row, and the answers differ only by
the key: Django's ``reverse``, which goes through its patterns each time, is asked once for all.
"""

from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import get_resolver, get_script_prefix, get_urlconf, reverse

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_ANY = UUID(int=0)


def address(name: str, key: UUID, *rest: str) -> str:
    """As ``reverse(name, args=[key, *rest])``. Raises NoReverseMatch for what no route is."""
    before, after = around(name, *rest)
    return f"{before}{key}{after}"


def absolute(path: str) -> str:
    """As somebody reads it who is not here: below the address that the world knows, never that of
    the request."""
    return f"{settings.SITE_URL}{path}"


def is_here_alone() -> bool:
    """Whether that address reaches this machine from itself only."""
    return urlsplit(settings.SITE_URL).hostname in LOOPBACK


def around(name: str, *rest: str) -> tuple[str, str]:
    """What stands before the key and after it: asked once for the rows of a page."""
    return _around(name, rest, get_urlconf(), get_script_prefix())


def read_routes() -> int:
    """All of them, now, and how many have names: the first address that is asked for takes seconds
    otherwise, and a notice asks inside the transaction that writes it, for which on SQLite
    everybody else waits."""
    return len(get_resolver().reverse_dict)


def place(name: str, *words: str) -> str:
    """As ``reverse(name, args=words)``, where the words are few: every page shows the places of
    the sidebar, every list its acts."""
    return _place(name, words, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=1024)
def _place(name: str, words: tuple[str, ...], _urls: str | None, _root: str) -> str:
    return reverse(name, args=words)


@lru_cache(maxsize=2048)
def _around(name: str, rest: tuple[str, ...], _urls: str | None, _root: str) -> tuple[str, str]:
    before, _mark, after = reverse(name, args=[_ANY, *rest]).partition(str(_ANY))
    return before, after
