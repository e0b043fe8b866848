"""Where the data live: an SQLite file, or a PostgreSQL for teams. One address decides."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from baton.config.environment import BadEnvironment

# All that SQLite can map of a file. Each page beside it is a call of the system, and of a machine
# within a machine that costs more than what is read. It is the system's cache, no memory of ours.
MAPPED = 2**31 - 2**16
SQLITE = {
    "transaction_mode": "IMMEDIATE",  # DEFERRED fails with "database is locked" without waiting
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    f"PRAGMA cache_size=-20000; PRAGMA mmap_size={MAPPED}; PRAGMA journal_size_limit=27103364;",
}
POSTGRES = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"


def database(address: str, *, wait: float = 20, longest: float = 0) -> dict[str, Any]:
    """Django's description of the database at ``address``: ``wait`` in seconds for SQLite's lock,
    ``longest`` for one statement of PostgreSQL (0 = no end)."""
    url = urlsplit(address)
    if url.scheme == "sqlite":
        name = unquote(url.path.removeprefix("/")) or ":memory:"
        return {"ENGINE": "baton.core.sqlite", "NAME": name, "OPTIONS": SQLITE | {"timeout": wait}}
    if not url.scheme.startswith("postgres"):
        raise BadEnvironment("DATABASE_URL begins with postgresql:// or sqlite:///")
    more = dict(parse_qsl(url.query))  # sslmode and the like; host also names a folder of sockets
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.removeprefix("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or more.pop("host", ""),
        "PORT": _port(url),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"{POSTGRES} -c statement_timeout={longest * 1000:.0f}"} | more,
    }


def _port(url: SplitResult) -> str:
    try:
        return str(url.port or "")
    except ValueError as error:
        raise BadEnvironment(f"DATABASE_URL cannot be read: {error}.") from error
