"""The file of everything, made by a job: how far it is stands in a small file beside it.

The job reads all tables as of one moment, and may write nothing of its own meanwhile; whoever stops
it takes that small file away.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from baton.core.access.models import User
from baton.operations.exchange.actions.archiving import Stopped, write_everything
from baton.operations.exchange.actions.exporting import file_of
from baton.operations.exchange.models import Export
from baton.operations.exchange.rules.exports import EVERYTHING, KEPT_FOR, State

SILENT_FOR = timedelta(minutes=2)  # then its worker is gone


def begin_everything(*, by: User, at: datetime) -> Export:
    """Written down before the first row is read."""
    export = Export.objects.create(user=by, what=EVERYTHING, state=State.RUNNING, created_at=at)
    _tell(export, 0, 0)
    return export


def make_everything(*, export_id: int, at: datetime) -> None:
    """The whole file, or none; killed, it is begun anew."""
    export = Export.objects.select_related("user").get(pk=export_id)
    if export.state != State.RUNNING:
        return
    if not export.user.may("exports.everything"):
        _end(export, State.REFUSED, at=at)
        return
    try:
        _tell(export, 0, 0)
        rows = write_everything(
            path=file_of(export), at=at, say=lambda done, total: _go_on(export, done, total)
        )
    except Stopped:
        _end(export, State.STOPPED, at=at)
        return
    except OSError:
        _end(export, State.FAILED, at=at)
        raise
    export.done = export.total = rows
    _end(export, State.DONE, at=at)


def progress_of(export: Export) -> tuple[int, int]:
    """Rows done, of all."""
    try:
        done, total = json.loads(_beside(export).read_text())
    except (OSError, ValueError):
        return export.done, export.total
    return int(done), int(total)


def stop_everything(*, export: Export, at: datetime) -> None:
    """The job sees it with its next rows."""
    _beside(export).unlink(missing_ok=True)
    _end(export, State.STOPPED, at=at)


def forgotten(*, at: datetime) -> list[int]:
    """Those whose worker has been silent for long."""
    running = Export.objects.filter(what=EVERYTHING, state=State.RUNNING)
    return [one.pk for one in running if _is_silent(one, at)]


def _is_silent(export: Export, at: datetime) -> bool:
    try:
        told = _beside(export).stat().st_mtime
    except OSError:
        return True
    return at.timestamp() - told > SILENT_FOR.total_seconds()


def _go_on(export: Export, done: int, total: int) -> bool:
    if not _beside(export).exists():
        return False
    _tell(export, done, total)
    return True


def _tell(export: Export, done: int, total: int) -> None:
    path = _beside(export)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(json.dumps([done, total]))


def _beside(export: Export) -> Path:
    return Path(settings.HOME) / "exports" / f"{export.key}.progress"


def _end(export: Export, state: State, *, at: datetime) -> None:
    values = {"state": state, "finished_at": at, "done": export.done, "total": export.total}
    if state == State.DONE:
        values["expires_at"] = at + KEPT_FOR
    running = Export.objects.filter(pk=export.pk, state=State.RUNNING)
    is_ours = running.update(**values)
    _beside(export).unlink(missing_ok=True)
    if not is_ours or state != State.DONE:
        file_of(export).unlink(missing_ok=True)
