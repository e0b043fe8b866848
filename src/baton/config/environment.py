"""What the installation is told from outside: variables, or files named by ``X_FILE``."""

import base64
import logging
import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PATIENCE = 100  # hundredths of a second


class BadEnvironment(Exception):
    """A variable is missing or unreadable; the message says which and what to do."""


def text(name: str, default: str = "") -> str:
    """The variable, else the content of the file that ``NAME_FILE`` names, else the default."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise BadEnvironment(f"{name}_FILE names {path}, which cannot be read.") from error
    return default


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def home() -> Path:
    """The data folder: database, media, keys, spool."""
    return Path(text("BATON_HOME", "var")).absolute()


def secret_key() -> str:
    """From the environment, else made once and kept in the data folder."""
    return text("SECRET_KEY") or _kept("secret", lambda: secrets.token_urlsafe(48))


def sealing_keys() -> list[str]:
    """What seals secrets in the database, the newest first; each is 32 bytes in base64.

    From the environment, else made once and kept in the data folder, a key on each line.
    """
    said = text("SEALING_KEY") or _kept("sealing", _new_sealing_key)
    keys = said.replace(",", " ").split()
    for key in keys:
        if not re.fullmatch(r"[\w-]{43}=", key, re.ASCII):
            raise BadEnvironment("SEALING_KEY has a key that is not 32 bytes in URL-safe base64.")
    return keys


def _new_sealing_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _kept(name: str, make: Callable[[], str]) -> str:
    path = home() / "keys" / name
    if not path.exists():
        _make(path.parent)
        # Two processes may start at once: the first to create the file decides.
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(make())
    for _try in range(PATIENCE):  # the other one may not have written yet
        if kept := path.read_text():
            return kept
        time.sleep(0.01)
    raise BadEnvironment(f"{path} is empty: put back what stood in it, or remove it.")


def database_address() -> str:
    """``DATABASE_URL``, else the SQLite file in the data folder, which is made when missing."""
    if address := text("DATABASE_URL"):
        return address
    _make(home())
    return f"sqlite:///{home() / 'baton.sqlite3'}"


def patience() -> float:
    """Seconds a statement waits for SQLite's write lock: short in the web, long in workers."""
    return _seconds("BATON_PATIENCE", text("BATON_PATIENCE", "20"))


def longest_statement() -> float:
    """Seconds that PostgreSQL works on one statement: short in the web, long in workers, without
    an end for migrations and copies."""
    return _seconds("BATON_LONGEST_STATEMENT", text("BATON_LONGEST_STATEMENT", "0"))


def _seconds(name: str, said: str) -> float:
    try:
        return float(said)
    except ValueError as error:
        raise BadEnvironment(f"{name} is {said}: give a number of seconds.") from error


def megabytes(name: str, default: int) -> int:
    """Bytes, said in millions of them."""
    said = text(name, str(default))
    if not said.isdecimal() or not int(said):
        raise BadEnvironment(f"{name} is {said}: give a number of megabytes.")
    return int(said) * 1_000_000


def log_level() -> str:
    """One of Python's names."""
    said = text("LOG_LEVEL", "WARNING").upper()
    if said not in (known := logging.getLevelNamesMapping()):
        raise BadEnvironment(f"LOG_LEVEL is {said}: use one of {', '.join(known)}.")
    return said


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadEnvironment(
            f"The data folder {folder} cannot be made: {error.strerror}. BATON_HOME names another."
        ) from error
