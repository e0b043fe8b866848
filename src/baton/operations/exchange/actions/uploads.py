"""Files that came over the web: kept, looked through, brought in by a job."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.changes.slots import tracked_as
from baton.core.errors import RuleViolation, is_disk_full
from baton.core.keys import new_key
from baton.operations.exchange.actions.choosing import NotChosen, recipe_of
from baton.operations.exchange.actions.keeping import folder_of, recipe_path
from baton.operations.exchange.actions.leftovers import write_leftovers
from baton.operations.exchange.actions.opening import open_files
from baton.operations.exchange.actions.room import without_room
from baton.operations.exchange.actions.running import Watch, import_files
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.recipe import Recipe
from baton.operations.exchange.rules.recipe_file import read_recipe
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.tally import Tally
from baton.operations.exchange.rules.uploads import (
    BUSY,
    MOST_BYTES,
    MOST_FILES,
    TO_LEAVE,
    State,
)

LOOKED_AT = 2_000  # objects of each file that a look writes and takes back
SHOWN = 50  # changes, and errors, on the page
KEPT = timedelta(days=30)
MOST_RECIPE = 1_000_000  # bytes
LONGEST_NAME = 120  # bytes: a disk takes 255, and ours is put before
NAMES = {"person": "full_name", "company": "name", "deal": "name"}


class Refused(RuleViolation):
    """These files are not taken."""


class Cancelled(Exception):
    """Somebody pressed Stop."""


def receive_files(
    *,
    files: Iterable["UploadedFile[Any]"],
    zone: str,
    by: User | None,
    at: datetime,
    recipe: "UploadedFile[Any] | None" = None,
    state: State = State.CHECKING,
    asks: bool = False,
) -> Import:
    """Keep them, and note that they are to be looked through, or brought in at once. ``asks``:
    somebody is there who can say what new columns of a list are. Raises Refused; Unusable for a
    recipe that is none."""
    files = list(files)
    if not files or len(files) > MOST_FILES:
        raise Refused(_("Choose one to %(most)s files.") % {"most": MOST_FILES})
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        words = _("These files are larger than %(most)s MB together. Bring them in one by one.")
        raise Refused(words % {"most": MOST_BYTES // 1_000_000})
    record = Import(batch=new_key(), started_at=at, state=state, zone=zone, by=by)
    record.mapping = {"asks": True} if asks else {}
    try:
        _keep_all(files, record, recipe=recipe)
    except BaseException as error:
        shutil.rmtree(folder_of(record), ignore_errors=True)  # no row would ever name it
        if is_disk_full(error):
            raise Refused(without_room()) from error
        raise
    return record


def _keep_all(
    files: Iterable["UploadedFile[Any]"],
    record: Import,
    *,
    recipe: "UploadedFile[Any] | None",
) -> None:
    folder = _sent(record)
    folder.mkdir(mode=0o700, parents=True)
    if recipe:
        _keep_recipe(recipe, record)
    for file in files:
        record.files.append(_keep(file, folder))
    record.is_uploaded = True
    record.recipe = record.files[0][:120]
    record.save()


def _keep_recipe(recipe: "UploadedFile[Any]", record: Import) -> None:
    if (recipe.size or 0) > MOST_RECIPE:
        raise Refused(_("A recipe is one megabyte at the most."))
    path = recipe_path(record)
    path.write_bytes(recipe.read())
    read_recipe(path)


def _keep(file: "UploadedFile[Any]", folder: Path) -> str:
    name = PurePath((file.name or "file.csv").replace("\\", "/")).name or "file.csv"
    while len(name.encode()) > LONGEST_NAME:
        name = name[1:]  # its ending says what it is
    number = 1
    while (folder / name).exists():
        number += 1
        name = f"{number}-{name}"
    with (folder / name).open("wb") as kept:
        for piece in file.chunks():
            kept.write(piece)
    return name


def paths_of(record: Import) -> list[Path]:
    """Its files, out of their ZIP. Raises Unusable."""
    opened = folder_of(record) / "opened"
    shutil.rmtree(opened, ignore_errors=True)
    return open_files([_sent(record) / name for name in record.files], opened)


def note_paths(record: Import, paths: Iterable[Path]) -> None:
    """Where they lie, so that a page can look into them without opening all anew."""
    folder = folder_of(record)
    record.mapping["paths"] = [str(path.relative_to(folder)) for path in paths]


def noted_paths(record: Import) -> list[Path]:
    """Those that still lie there."""
    found = [folder_of(record) / name for name in record.mapping.get("paths", [])]
    return [path for path in found if path.is_file()]


def _sent(record: Import) -> Path:
    """Apart from what is made of them: whoever sends them chooses their names."""
    return folder_of(record) / "sent"


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
        tally = import_files(
            paths=paths, recipe=recipe, at=at, by=record.by, is_dry=True, watch=watch
        )
        record.report = _report(tally) | {"changes": changes}
        state = State.READY
    except NotChosen:
        state = State.ASKING
    except Unusable as no:
        record.refusal, state = str(no), State.REFUSED
    _move(record, State.CHECKING, state, at=at)


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
        import_files(paths=paths, recipe=recipe, at=at, by=record.by, watch=watch)
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
    """Imports that a job is due to: their rows say that they are not done."""
    busy = Import.objects.filter(is_uploaded=True, state__in=BUSY)
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
