"""Files that came over the web: kept, looked through, brought in by a job."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q

from baton.core.changes.models import Change
from baton.core.changes.slots import tracked_as
from baton.operations.exchange.actions.choosing import NotChosen, recipe_of
from baton.operations.exchange.actions.keeping import folder_of, sent_folder
from baton.operations.exchange.actions.leftovers import write_leftovers
from baton.operations.exchange.actions.opening import open_files
from baton.operations.exchange.actions.running import Watch, import_files
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.recipe import Recipe
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.tally import Tally
from baton.operations.exchange.rules.uploads import (
    BUSY,
    TO_LEAVE,
    State,
)

LOOKED_AT = 2_000  # objects of each file that a look writes and takes back
SHOWN = 50  # changes, and errors, on the page
KEPT = timedelta(days=30)
NAMES = {"person": "full_name", "company": "name", "deal": "name"}


class Cancelled(Exception):
    """Somebody pressed Stop."""


def paths_of(record: Import) -> list[Path]:
    """Its files, out of their ZIP. Raises Unusable."""
    opened = folder_of(record) / "opened"
    shutil.rmtree(opened, ignore_errors=True)
    return open_files([sent_folder(record) / name for name in record.files], opened)


def note_paths(record: Import, paths: Iterable[Path]) -> None:
    """Where they lie, so that a page can look into them without opening all anew."""
    folder = folder_of(record)
    record.mapping["paths"] = [str(path.relative_to(folder)) for path in paths]


def noted_paths(record: Import) -> list[Path]:
    """Those that still lie there."""
    found = [folder_of(record) / name for name in record.mapping.get("paths", [])]
    return [path for path in found if path.is_file()]


def look_through(*, import_id: int, at: datetime) -> None:
    """Check every line, write the first of each file and take them back: what would happen."""
    record = Import.objects.select_related("by").get(pk=import_id)
    if record.state != State.CHECKING:
        return
    changes: list[dict[str, Any]] = []
    record.refusal = ""
    watch = Watch(
        record=record,
        most=LOOKED_AT,
        counted=lambda count: setattr(record, "total", count),
        seen=lambda: changes.extend(_changes(record.batch)),
    )
    try:
        paths = paths_of(record)
        note_paths(record, paths)
        recipe, paths = recipe_of(record, paths)
        record.recipe, record.source = recipe.label or recipe.name, recipe.source
        tally = _import(record, paths, recipe, watch=watch, at=at, is_dry=True)
        record.report = _report(tally) | {"changes": changes}
        state = State.READY
    except NotChosen:
        state = State.ASKING
    except Unusable as no:
        record.refusal, state = str(no), State.REFUSED
    _move(record, State.CHECKING, state, at=at)


def _import(
    record: Import,
    paths: Sequence[Path],
    recipe: Recipe,
    *,
    watch: Watch,
    at: datetime,
    is_dry: bool = False,
) -> Tally:
    return import_files(
        paths=paths,
        recipe=recipe,
        at=at,
        by=record.by,
        is_dry=is_dry,
        overwrites=bool(record.mapping.get("overwrites")),
        watch=watch,
    )


def _report(tally: Tally) -> dict[str, Any]:
    data = tally.data()
    shown = {name: data[name][:SHOWN] for name in ("errors", "conflicts")}
    return data | shown | {"own_fields": [*tally.own_fields]}


def _changes(batch: UUID) -> list[dict[str, Any]]:
    """The first edits of this batch: whose, which field, what it was and would be."""
    rows = list(Change.objects.filter(batch=batch, verb="edited").order_by("pk")[:SHOWN])
    found = []
    for row in rows:
        kind, name = tracked_as(row.object_type), NAMES.get(row.object_type, "")
        said = kind.read([row.object_id], [name]) if kind and name else {}
        called = str(said.get(row.object_id, {}).get(name, row.object_type))
        for field, new in row.after.items():
            old = row.before.get(field)
            found.append({"name": called, "field": field, "old": _short(old), "new": _short(new)})
    return found[:SHOWN]


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, text in value.items())[:160]
    return ", ".join(map(str, value))[:160] if isinstance(value, list) else str(value or "")[:160]


def choose_side(*, record: Import, overwrites: bool) -> bool:
    """Whether the files or we are right where they differ; they are looked through again. False
    when the import has gone on meanwhile."""
    mapping = {**record.mapping, "overwrites": overwrites}
    mine = Import.objects.filter(pk=record.pk, state=State.READY)
    return bool(mine.update(state=State.CHECKING, mapping=mapping, report={}))


def begin_import(*, record: Import, at: datetime) -> bool:
    """Let the job begin; False when somebody was faster."""
    return _move(record, State.READY, State.RUNNING, at=at)


def run_import(*, import_id: int, at: datetime) -> None:
    """Bring them in; after a kill it goes on where it was."""
    record = Import.objects.select_related("by").get(pk=import_id)
    if record.state != State.RUNNING:
        return
    Import.objects.filter(pk=record.pk).update(done=0, started_at=at, refusal="")
    record.refusal = ""
    try:
        paths = paths_of(record)
        note_paths(record, paths)
        recipe, paths = recipe_of(record, paths)
        record.recipe, record.source = recipe.label or recipe.name, recipe.source
        watch = _watch(record, paths, recipe)
        _import(record, paths, recipe, watch=watch, at=at)
    except Cancelled:
        return
    except NotChosen:
        asking = Import.objects.filter(pk=record.pk)
        asking.update(state=State.ASKING, mapping=record.mapping)
        return
    except Unusable as no:
        Import.objects.filter(pk=record.pk).update(state=State.REFUSED, refusal=str(no))


def _watch(record: Import, paths: Sequence[Path], recipe: Recipe) -> Watch:
    """Writes down how much there is, how far it came and what came of it, and ends when somebody
    pressed Stop."""

    def progress(count: int) -> None:
        mine = Import.objects.filter(pk=record.pk, state=State.RUNNING)
        if not mine.update(done=F("done") + count):
            raise Cancelled

    def counted(count: int) -> None:
        record.total = count
        kept = {name: getattr(record, name) for name in ("total", "recipe", "source", "mapping")}
        Import.objects.filter(pk=record.pk).update(**kept)

    def ended(tally: Tally) -> None:
        folder = folder_of(record) / "mend"
        mend = write_leftovers(paths=paths, recipe=recipe, tally=tally, folder=folder)
        record.report = _report(tally) | {"mend": [path.name for path in mend]}
        record.done = record.total

    return Watch(record=record, progress=progress, counted=counted, ended=ended)


def cancel_import(*, record: Import, at: datetime) -> None:
    """No further; what came in stays, and can be taken back."""
    running = Import.objects.filter(pk=record.pk, state__in=TO_LEAVE)
    running.update(state=State.STOPPED, finished_at=at)


def waiting() -> list[tuple[int, str]]:
    """Imports that a job is due to: their rows say that they are not done. Of those that a command
    brings in, only to be taken back is a job's."""
    busy = Import.objects.filter(Q(is_uploaded=True) | Q(state=State.UNDOING), state__in=BUSY)
    return list(busy.values_list("pk", "state"))


def throw_away_old(*, at: datetime) -> int:
    """Files of imports that began so long ago and are not running; their rows stay, and offer
    nothing any more that lay in those."""
    folders = Path(settings.HOME) / "imports"
    here = {folder.name for folder in folders.iterdir()} if folders.is_dir() else set()
    old = Import.objects.filter(is_uploaded=True, started_at__lt=at - KEPT).exclude(state__in=BUSY)
    gone = [record for record in old if str(record.key) in here]
    for record in gone:
        record.report.pop("mend", None)
        record.state = State.STOPPED if record.state in TO_LEAVE else record.state
        record.mapping.pop("paths", None)
        record.save(update_fields=["report", "state", "mapping"])
        shutil.rmtree(folder_of(record), ignore_errors=True)
    return len(gone)


def _move(record: Import, before: State, after: State, *, at: datetime) -> bool:
    record.state = after
    kept = ("state", "recipe", "source", "total", "report", "refusal", "mapping")
    mine = Import.objects.filter(pk=record.pk, state=before)
    return bool(mine.update(**{name: getattr(record, name) for name in kept}))


def mend_path(record: Import, number: int) -> Path | None:
    """The file of the lines that failed of one of its files, if it still lies here."""
    names = record.report.get("mend", [])
    if not 0 <= number < len(names):
        return None
    path = folder_of(record) / "mend" / names[number]
    return path if path.exists() else None
