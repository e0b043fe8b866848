"""Where the data live: an SQLite file, or a PostgreSQL for teams. One address decides."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE = {
    "transaction_mode": "IMMEDIATE",  # DEFERRED fails with "database is locked" without waiting
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;",
}
POSTGRES = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"


def database(address: str, *, wait: float = 20, longest: float = 0) -> dict[str, Any]:
    """Django's description of the database at ``address``: ``wait`` in seconds for SQLite's lock,
    ``longest`` for one statement of PostgreSQL (0 = no end)."""
    url = urlsplit(address)
    if url.scheme == "sqlite":
        name = unquote(url.path.removeprefix("/")) or ":memory:"
        return {"ENGINE": "baton.core.sqlite", "NAME": name, "OPTIONS": SQLITE | {"timeout": wait}}
    more = dict(parse_qsl(url.query))  # sslmode and the like; host also names a folder of sockets
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.removeprefix("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or more.pop("host", ""),
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"{POSTGRES} -c statement_timeout={longest * 1000:.0f}"} | more,
    }
