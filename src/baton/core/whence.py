"""By which way what happens now came in, and from where: history writes it down beside each change.

Nobody hands it on: whoever opens a way says so once, and all that is done meanwhile came by it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import ip_address


class Way(StrEnum):
    WEB = "web"  # somebody at a screen
    PAGE = "page"  # a stranger at a public page
    KEY = "key"  # a program with an API key
    IMPORT = "import"
    JOB = "job"  # the background
    COMMAND = "command"  # whoever runs the server


LONGEST = 80  # characters of a name


@dataclass(frozen=True, kw_only=True)
class Whence:
    way: Way
    name: str = ""  # of the key, the import's source, the job, the command
    ip: str | None = None
    by_id: int | None = None  # whose doing it is, where nobody is named


_now: ContextVar[Whence | None] = ContextVar("whence", default=None)


@contextmanager
def came_by(way: Way, *, name: str = "", ip: str = "", by_id: int | None = None) -> Iterator[None]:
    """All that is done inside."""
    token = _now.set(Whence(way=way, name=name[:LONGEST], ip=_address(ip), by_id=by_id))
    try:
        yield
    finally:
        _now.reset(token)


def narrow(way: Way, *, name: str) -> None:
    """The request that is under way turns out to be a program's; its address stays."""
    now = _now.get()
    if now is not None:
        _now.set(replace(now, way=way, name=name[:LONGEST]))


def way_now() -> str | None:
    now = _now.get()
    return now.way.value if now else None


def name_now() -> str | None:
    now = _now.get()
    return now.name or None if now else None


def ip_now() -> str | None:
    now = _now.get()
    return now.ip if now else None


def by_now() -> int | None:
    """Who began it all, by id."""
    now = _now.get()
    return now.by_id if now else None


def _address(text: str) -> str | None:
    """None for a socket, or for nonsense."""
    try:
        return str(ip_address(text))
    except ValueError:
        return None
