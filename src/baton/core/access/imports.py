"""Users that a file names: owners of records, placed in team, manager and region."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baton.core.access.actions import NO_LOGIN, create_team, ensure_imported_users, place_user
from baton.core.access.models import User, UserExternalId
from baton.core.offers import (
    ImportField,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
    import_targets,
)

SHOWN = 10  # names in a sentence


def upsert_users(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """Known by their key in the source; unknown ones are made without mail and login."""
    names = {row.key: row.values.get("name") or row.key for row in rows}
    managers = {name: name for row in rows if (name := row.values.get("manager"))}
    links = UserExternalId.objects.filter(source=run.source, external_id__in=names)
    known = set(links.values_list("external_id", flat=True))
    mails = {row.key: row.values.get("email") or "" for row in rows}
    users = ensure_imported_users(source=run.source, names=managers | names, mails=mails)
    # One user may bear several keys: all speak of the same row in memory.
    same = {user.pk: user for user in users.values()}
    users = {key: same[user.pk] for key, user in users.items()}
    return [_place(row, users, is_known=row.key in known) for row in rows]


def _place(row: ImportRow, users: dict[str, User], *, is_known: bool) -> Verdict:
    """What the file says of them; empty cells leave a known user where they are."""
    said: dict[str, Any] = {name: row.values.get(name) or "" for name in ("name", "region")}
    manager = users.get(row.values.get("manager") or "")
    team = None
    if row.values.get("team"):
        team = create_team(name=row.values["team"], region=said["region"], manager=manager)
    moved = place_user(user=users[row.key], team=team, manager=manager, **said)
    if not is_known:
        return Verdict(ImportStatus.CREATED)
    return Verdict(ImportStatus.UPDATED if moved else ImportStatus.UNCHANGED)


def _staying(batch: UUID) -> list[str]:
    """Users whom an undone import made stay: what names them may have been restored or mended."""
    found = User.objects.filter(password=NO_LOGIN, external_ids__batch=batch)
    others = UserExternalId.objects.exclude(batch=batch).values("user")
    names = list(found.exclude(pk__in=others).order_by("name").values_list("name", flat=True))
    if not names:
        return []
    shown = ", ".join([*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])])
    words = ngettext(
        "%(n)s user without login stays: %(names)s. Records may name them.",
        "%(n)s users without login stay: %(names)s. Records may name them.",
        len(names),
    )
    return [words % {"n": len(names), "names": shown}]


TARGET = ImportTarget(
    object_type="user",
    label=_("Users"),
    order=10,
    fields=(
        ImportField(name="name", label=_("Name"), longest=150),
        ImportField(name="email", label=_("Mail")),
        ImportField(name="team", label=_("Team"), longest=120),
        ImportField(name="manager", label=_("Manager"), longest=200),  # a key
        ImportField(name="region", label=_("Region"), longest=80),
    ),
    upsert=upsert_users,
    clear=lambda _source, batch, _at: _staying(batch),
    is_repeated=True,
)
import_targets.add(TARGET)
