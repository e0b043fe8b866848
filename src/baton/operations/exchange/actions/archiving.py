"""Everything in one ZIP: each table as JSON Lines and as CSV, and a manifest that counts them."""

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from baton.core.settings.models import Organisation
from baton.core.ui.spreadsheets import harmless
from baton.insight.lake.queries.snapshot import one_snapshot
from baton.operations.exchange.actions.archived import Table, contents_named, left_out, tables
from baton.operations.exchange.rules.archive import FORMAT, MANIFEST, VERSION, cell_of, line_of

CHUNK = 2_000  # rows in memory
PIECE = 1 << 20  # bytes in memory
Say = Callable[[int, int], bool]  # rows done of all; whether to go on


class Stopped(Exception):
    """Whoever began it wants it no more."""


@dataclass
class _Counter:
    """How far a run is, over all tables."""

    say: Say
    total: int = 0
    done: int = 0

    def step(self, rows: int) -> None:
        self.done += rows
        if not self.say(self.done, self.total):
            raise Stopped


@dataclass
class _Hashed:
    """What is written into an entry of the ZIP, with its digest."""

    file: IO[bytes]
    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.digest.update(data)
        self.size += len(data)

    def told(self, name: str) -> dict[str, Any]:
        return {"file": name, "bytes": self.size, "sha256": self.digest.hexdigest()}


def write_everything(*, path: Path, at: datetime, say: Say = lambda done, total: True) -> int:
    """All rows of one moment, whole or not at all; how many. Memory holds two thousand of them.

    Raises Stopped, and OSError where the disk is full.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = tempfile.TemporaryDirectory(dir=path.parent, prefix=".baton-export")
    with folder as work, one_snapshot():
        made = Path(work) / "everything.zip"
        counter = _Counter(say, total=sum(_count(table) for table in tables()))
        with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=4) as target:
            parts = [_write(table, target, counter, Path(work)) for table in tables()]
            contents = [_write_content(name, target, counter) for name in contents_named()]
            manifest = _manifest(parts, contents, at=at)
            target.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
        made.replace(path)
    return counter.done


def _count(table: Table) -> int:
    return table.model._base_manager.order_by().count()


def _write(table: Table, target: ZipFile, counter: _Counter, work: Path) -> dict[str, Any]:
    columns, rows = table.columns, 0
    lines_name, cells_name = f"{table.name}.jsonl", f"{table.name}.csv"
    with tempfile.TemporaryFile(dir=work) as beside:
        cells = _Hashed(beside)
        cells.write(_csv([columns]))
        with target.open(lines_name, "w", force_zip64=True) as entry:
            lines = _Hashed(entry)
            for chunk in _chunks(table):
                named = (dict(zip(columns, row, strict=True)) for row in chunk)
                lines.write(b"".join(map(line_of, named)))
                cells.write(_csv([[harmless(cell_of(value)) for value in row] for row in chunk]))
                rows += len(chunk)
                counter.step(len(chunk))
        beside.seek(0)
        with target.open(cells_name, "w", force_zip64=True) as entry:
            shutil.copyfileobj(beside, entry)
    told = {"jsonl": lines.told(lines_name), "csv": cells.told(cells_name)}
    return {"table": table.name, "rows": rows, "columns": columns, **told}


def _chunks(table: Table) -> Iterator[list[list[Any]]]:
    """In the order of their ids; what must not leave is blank."""
    blank = {table.columns.index(name): value for name, value in table.blank.items()}
    chunk: list[list[Any]] = []
    rows = table.model._base_manager.order_by("pk").values_list(*table.columns)
    for found in rows.iterator(chunk_size=CHUNK):
        row = list(found)
        for place, value in blank.items():
            row[place] = value
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _csv(lines: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(lines)
    return text.getvalue().encode()


def _write_content(name: str, target: ZipFile, counter: _Counter) -> dict[str, Any]:
    """What a row has on the disk; one that is missing there is told as such, and no reason to stop:
    the rows are worth taking along without it."""
    path = Path(settings.HOME) / name
    try:
        with path.open("rb") as source, target.open(name, "w", force_zip64=True) as entry:
            content = _Hashed(entry)
            while piece := source.read(PIECE):
                content.write(piece)
                counter.step(0)
    except FileNotFoundError:
        return {"file": name, "is_missing": True}
    return content.told(name)


def _manifest(
    parts: list[dict[str, Any]], contents: list[dict[str, Any]], *, at: datetime
) -> dict[str, Any]:
    known = MigrationLoader(None).graph.leaf_nodes()
    return {
        "format": FORMAT,
        "version": VERSION,
        "baton": version("baton-crm"),
        "made_at": at.isoformat(),
        "company": Organisation.objects.values_list("name", flat=True).first() or "",
        "rows": sum(part["rows"] for part in parts),
        "migrations": dict(sorted(known)),
        "parts": parts,
        "contents": contents,
        "left_out": {model._meta.label: why for model, why in left_out()},
    }
