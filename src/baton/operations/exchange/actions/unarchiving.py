"""A file of everything into an empty house: the same rows under the same ids and keys."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from baton.core.access.models import User
from baton.core.bulk import bites, row_maker, update_rows
from baton.insight.lake import actions as lake
from baton.insight.lake.queries import STREAMS
from baton.operations.exchange.actions.archived import Table, left_out, tables
from baton.operations.exchange.rules.archive import FORMAT, MANIFEST, VERSION
from baton.operations.exchange.rules.refusals import Unusable

CHUNK = 1_000
MOST_MANIFEST = 50_000_000  # bytes
CONTENT = re.compile(r"media/files/([0-9a-f]{2})/\1[0-9a-f]{62}")


@dataclass(frozen=True)
class Account:
    """Who could sign in here before."""

    email: str
    name: str
    role: str
    password: str


def is_everything(path: Path) -> bool:
    """Told by the manifest inside, whatever the file is called."""
    try:
        with ZipFile(path) as source:
            return bool(_manifest(source)["format"] == FORMAT)
    except (OSError, BadZipFile, KeyError, ValueError, TypeError):
        return False


def load_everything(*, path: Path, at: datetime) -> int:
    """In one transaction: all of it is there afterwards, or nothing. Returns the number of rows.

    Raises Unusable: damaged, of a newer Baton, or this house holds records already.
    """
    with ZipFile(path) as source:
        manifest = _manifest(source)
        parts = _checked(manifest)
        _refuse_living_data()
        for part in manifest["parts"]:
            _check_digest(source, part["jsonl"])
        contents = _contents(manifest)
        for content in contents:
            _check_digest(source, content)
        with transaction.atomic():
            accounts = _accounts()
            _clear()
            for table, part in parts:
                _load(table, part, source)
            _set_sequences()
            _give_back(accounts)
            for content in contents:
                _put(source, content["file"])
    for name in STREAMS:  # files of the log that was here before
        lake.forget(name, at=at)
    return int(manifest["rows"])


def _manifest(source: ZipFile) -> dict[str, Any]:
    if source.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise Unusable("The list of contents in this file is too long to be ours.")
    manifest: dict[str, Any] = json.loads(source.read(MANIFEST))
    return manifest


def _checked(manifest: Mapping[str, Any]) -> list[tuple[Table, dict[str, Any]]]:
    known = {table.name: table for table in tables()}
    found = []
    for part in manifest["parts"]:
        table = known.get(part["table"])
        is_known = table is not None and set(part["columns"]) <= set(table.columns)
        if manifest["version"] > VERSION or table is None or not is_known:
            raise Unusable(
                f"This file was made by another Baton ({manifest['baton']}): {part['table']} has "
                "what this one does not know. Upgrade first."
            )
        found.append((table, part))
    return found


def _contents(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What lies on the disk beside the rows. Raises Unusable for what would lie elsewhere."""
    found = [one for one in manifest.get("contents", []) if not one.get("is_missing")]
    for one in found:
        if not CONTENT.fullmatch(one["file"]) or one["sha256"] != one["file"][-64:]:
            raise Unusable("This file names what is no content of ours.")
    return found


def _put(source: ZipFile, name: str) -> None:
    """To its place in the data folder, whole or not at all."""
    target = Path(settings.HOME) / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = target.with_suffix(".coming")
    with source.open(name) as entry, beside.open("wb") as file:
        shutil.copyfileobj(entry, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)


def _check_digest(source: ZipFile, told: Mapping[str, Any]) -> None:
    """Before anything is written; never more is inflated than the list of contents says."""
    digest, size = hashlib.sha256(), 0
    try:
        with source.open(told["file"]) as entry:
            while piece := entry.read(1 << 20):
                digest.update(piece)
                size += len(piece)
                if size > told["bytes"]:
                    break
    except (BadZipFile, KeyError, EOFError) as error:
        raise Unusable(f"{told['file']} is missing in this file, or damaged.") from error
    if size != told["bytes"] or digest.hexdigest() != told["sha256"]:
        raise Unusable(f"{told['file']} is not what was written: the file is damaged.")


def _refuse_living_data() -> None:
    full = [one.name for one in tables() if not one.is_made_at_first and _has_rows(one.model)]
    if full:
        raise Unusable(
            f"This house holds records already ({', '.join(full[:3])}): everything of another goes "
            "into an empty one only."
        )


def _has_rows(model: type[models.Model]) -> bool:
    return model._base_manager.exists()


def _accounts() -> list[Account]:
    living = User.objects.filter(deleted_at=None)
    return [
        Account(str(user.email), user.name, user.role, user.password)
        for user in living
        if user.can_sign_in()
    ]


def _clear() -> None:
    """What a set-up has made; and sessions and keys, which name its users."""
    with connection.cursor() as cursor:
        for model in [*(model for model, _why in left_out()), *(one.model for one in tables())]:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own tables


def _load(table: Table, part: Mapping[str, Any], source: ZipFile) -> None:
    fields = {one.attname: one for one in table.model._meta.concrete_fields}
    stamped = [name for name, one in fields.items() if _is_stamped(one)]
    make, count = row_maker(table.model), 0
    with source.open(part["jsonl"]["file"]) as entry:
        for lines in bites(entry, size=CHUNK):
            rows = [make(**_read(json.loads(line), fields)) for line in lines]
            given = {row.pk: {name: getattr(row, name) for name in stamped} for row in rows}
            table.model._base_manager.bulk_create(rows, batch_size=CHUNK)
            if stamped:
                update_rows(table.model, given, fields=stamped)
            count += len(rows)
    if count != part["rows"]:
        raise Unusable(f"{table.name} should have {part['rows']} rows, and has {count}.")


def _is_stamped(one: "models.Field[Any, Any]") -> bool:
    """Django would write down when it came here."""
    return bool(getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False))


def _read(row: Mapping[str, Any], fields: Mapping[str, "models.Field[Any, Any]"]) -> dict[str, Any]:
    return {name: fields[name].to_python(value) for name, value in row.items()}


def _give_back(accounts: Iterable[Account]) -> None:
    """Who could sign in here still can: as the colleague of that mail, else as themselves."""
    for one in accounts:
        known = User.objects.filter(email__iexact=one.email, deleted_at=None)
        if not known.update(password=one.password, is_active=True):
            User.objects.create(
                email=one.email, name=one.name, role=one.role, password=one.password
            )


def _set_sequences() -> None:
    """PostgreSQL goes on counting behind the ids that came."""
    found = [table.model for table in tables()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)
