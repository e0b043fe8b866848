"""A list as a file: at once, or bite by bite in the background."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from baton.operations.exchange.models import Export
from baton.operations.exchange.queries import Taken, taken_by
from baton.operations.exchange.rules.exports import BATCH, BITE, EVERYTHING, KEPT_FOR, State

PIECE = 64 * 1024
MARK = "\N{BYTE ORDER MARK}"  # without it spreadsheets take umlauts for Latin-1


def begin_export(*, of: Taken, total: int, state: State, at: datetime) -> Export:
    """Written down before the first row leaves the house."""
    return Export.objects.create(
        user=of.user,
        what=of.place.name,
        asked=of.asked.urlencode(),
        chosen=list(of.chosen),
        has_all_columns=of.has_all_columns,
        total=total,
        state=state,
        created_at=at,
    )


def stream_export(*, export: Export, of: Taken) -> Iterator[bytes]:
    """The file as it is read; what had left when the line broke is what was taken."""
    done, state = 0, State.STOPPED
    try:
        yield as_csv([of.heads()], is_first=True)
        for lines in of.batches():
            yield as_csv(lines)
            done += len(lines)
        state = State.DONE
    finally:
        Export.objects.filter(pk=export.pk).update(
            done=done, state=state, finished_at=timezone.now(), taken_count=1
        )


def as_csv(lines: Iterable[Sequence[Any]], *, is_first: bool = False) -> bytes:
    """Each cell in quotes: spreadsheets that part cells at a semicolon leave those alone."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(lines)
    return f"{MARK if is_first else ''}{text.getvalue()}".encode()


def file_of(export: Export) -> Path:
    """Where its file lies until it expires."""
    kind = "zip" if export.what == EVERYTHING else "csv"
    return Path(settings.HOME) / "exports" / f"{export.key}.{kind}"


def write_bite(*, export_id: int, at: datetime) -> bool:
    """The next rows into the file; whether there are more. Killed and run again nothing doubles:
    the file is cut to what was written down before. In no transaction: rows are read for long."""
    export = Export.objects.select_related("user").get(pk=export_id)
    if export.state != State.RUNNING:
        return False
    of, before = taken_by(export), export.done
    if of is None or not of.is_whole:
        return _end(export, State.REFUSED, before=before, at=at)
    with timezone.override(of.zone), of.read(), open_file(file_of(export)) as file:
        _write_rows(export, of, file)
    if not export.cursor:
        return _end(export, State.DONE, before=before, at=at)
    return _save(export, before=before)


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """To be read by this installation alone, and on the disk before it counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _write_rows(export: Export, of: Taken, file: BinaryIO) -> None:
    source = of.reading()
    file.truncate(export.size)
    file.seek(export.size)
    if not export.size:
        file.write(as_csv([of.heads()], is_first=True))
    for _batch in range(BITE // BATCH):
        rows, export.cursor = source.batch(export.cursor, size=BATCH)
        file.write(as_csv(of.lines(rows)))
        export.done += len(rows)
        if not export.cursor:
            break
    export.size = file.tell()


def cancel_export(*, export: Export, at: datetime) -> None:
    """No further; its file goes."""
    running = Export.objects.filter(pk=export.pk, state=State.RUNNING)
    if running.update(state=State.STOPPED, finished_at=at):
        file_of(export).unlink(missing_ok=True)


def note_taken(*, export: Export) -> None:
    """Once more downloaded."""
    Export.objects.filter(pk=export.pk).update(taken_count=F("taken_count") + 1)


def pieces_of(export: Export) -> Iterator[bytes]:
    """Its file as it is sent: opened when somebody reads, whatever its length."""
    with file_of(export).open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def throw_away_expired(*, at: datetime) -> int:
    """The files that nobody may take any more; who took what stays."""
    gone = Export.objects.filter(expires_at__lte=at).exclude(expires_at=None)
    for export in gone.iterator():
        file_of(export).unlink(missing_ok=True)
    return gone.update(expires_at=None)


def _end(export: Export, state: State, *, before: int, at: datetime) -> bool:
    export.state, export.finished_at = state, at
    if state == State.DONE:
        export.expires_at = at + KEPT_FOR
    _save(export, before=before)
    return False


def _save(export: Export, *, before: int) -> bool:
    """Unless it was stopped meanwhile, or another worker was faster."""
    kept = ("done", "cursor", "size", "state", "finished_at", "expires_at")
    mine = Export.objects.filter(pk=export.pk, state=State.RUNNING, done=before)
    if mine.update(**{name: getattr(export, name) for name in kept}):
        return True
    if Export.objects.filter(pk=export.pk, state=State.STOPPED).exists():
        file_of(export).unlink(missing_ok=True)
    return False


def unfinished() -> list[int]:
    """What the background still owes."""
    running = Export.objects.filter(state=State.RUNNING).exclude(what=EVERYTHING)
    return list(running.values_list("pk", flat=True))
