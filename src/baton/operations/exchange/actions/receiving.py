"""Files that are sent: each is kept as it came, or none of them is."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.operations.exchange.actions.keeping import folder_of, recipe_path, sent_folder
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.recipe_file import read_recipe
from baton.operations.exchange.rules.uploads import MOST_BYTES, MOST_FILES, State

MOST_RECIPE = 1_000_000  # bytes
LONGEST_NAME = 120  # bytes: a disk takes 255, and ours is put before


class Refused(RuleViolation):
    """These files are not taken."""


def receive_files(
    *,
    files: Iterable["UploadedFile[Any]"],
    zone: str,
    by: User | None,
    at: datetime,
    recipe: "UploadedFile[Any] | None" = None,
    state: State = State.CHECKING,
    asks: bool = False,
    overwrites: bool = False,
) -> Import:
    """Keep them, and note that they are to be looked through, or brought in at once. ``asks``:
    somebody is there who can say what new columns of a list are. ``overwrites``: where a record
    here says something else, the files are right. Raises Refused; Unusable for a recipe that is
    none."""
    files = list(files)
    if not files or len(files) > MOST_FILES:
        raise Refused(_("Choose one to %(most)s files.") % {"most": MOST_FILES})
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        words = _("These files are larger than %(most)s MB together. Bring them in one by one.")
        raise Refused(words % {"most": MOST_BYTES // 1_000_000})
    record = Import(batch=new_key(), started_at=at, state=state, zone=zone, by=by)
    record.mapping = {"asks": asks, "overwrites": overwrites}
    try:
        _keep_all(files, record, recipe=recipe)
    except BaseException:
        shutil.rmtree(folder_of(record), ignore_errors=True)  # no row would ever name it
        raise
    return record


def _keep_all(
    files: Iterable["UploadedFile[Any]"],
    record: Import,
    *,
    recipe: "UploadedFile[Any] | None",
) -> None:
    folder = sent_folder(record)
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
