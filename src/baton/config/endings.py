"""What may end a command, in one sentence and an exit code. All else is a bug: a traceback."""

import errno
from dataclasses import dataclass

from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from baton.config.environment import BadEnvironment
from baton.core.errors import RuleViolation, is_disk_full

FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
# PostgreSQL speaks in states, SQLite in codes; before PostgreSQL lets us in there is no state.
NO_SUCH = {"42P01", "42703"}
BUSY = {"55P03", "40P01", 5, 6}
AWAY = {None, "57P01", "57P02", "57P03", 3, 8, 11, 14, 26}


@dataclass(frozen=True)
class Ending:
    """2: what was asked cannot be done here. 1: something around us failed."""

    says: str
    code: int = 1


NO_BATON = Ending("There is no Baton here yet. Run: baton init --admin you@company.example", 2)
BEHIND = Ending("The database is older than this Baton. Run: baton migrate", 2)
NO_ROOM = Ending(
    "The disk is full (or a size limit is reached): nothing half-written was kept. Make room."
)
HELD = Ending("The database is busy: somebody else is writing. Try again in a moment.")


def ending_of(error: BaseException) -> Ending | None:
    """Nothing, if the error is a bug."""
    if isinstance(error, RuleViolation | BadEnvironment):
        return Ending(str(error), 2)
    if isinstance(error, DatabaseError):
        return _of_database(error)
    if isinstance(error, OSError):
        return _of_system(error)
    return Ending("Stopped.", 130) if isinstance(error, KeyboardInterrupt) else None


def _of_system(error: OSError) -> Ending | None:
    if is_disk_full(error):
        return NO_ROOM
    if error.errno in FORBIDDEN and error.filename:
        return Ending(f"{error.filename} cannot be used: {error.strerror}.")
    return None


def _of_database(error: DatabaseError) -> Ending | None:
    cause, words = error.__cause__, str(error)
    state = getattr(cause, "sqlite_errorcode", None) or getattr(cause, "sqlstate", None)
    if state in NO_SUCH or words.startswith("no such "):
        return _of_missing()
    if isinstance(error, OperationalError) and ("disk" in words or state == "53100"):
        return NO_ROOM
    if state in BUSY:
        return HELD
    if state in AWAY and (state or isinstance(error, OperationalError)):
        first = words.partition("\n")[0]
        return Ending(f"The database does not answer: {first}. Check DATABASE_URL.")
    return None


def _of_missing() -> Ending | None:
    """Is it missing because nobody has migrated?"""
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return NO_BATON
    leaves = executor.loader.graph.leaf_nodes()
    return BEHIND if executor.migration_plan(leaves) else None
