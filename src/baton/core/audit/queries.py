"""What a line of the list says of its change: asked for a page at a time."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.audit.words import verb_words
from baton.core.changes.models import Change
from baton.core.changes.slots import tracked_as
from baton.core.colleagues.slots import record_kinds

LONGEST = 60  # characters of a value
MOST = 4  # fields of a change
SHORT_NUMBER = re.compile(r"-?\d(\.\d+)?E\+\d{1,2}")  # as exact ones are kept: 1.44E+4
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d.*)?")  # as days and times are kept
NOT_SHOWN = frozenset({"sort_key", "phone_e164"})
ABOUT = ("deal", "person", "company", "campaign")


def changes_shown(of: str, *, user: User) -> QuerySet[Change]:
    """All, or those of one record that the user sees (``person:<key>``)."""
    rows = Change.objects.select_related("by")
    if not of:
        return rows
    kind, _colon, text = of.partition(":")
    found = record_kinds.find(kind)
    try:
        key = UUID(text)
    except ValueError:
        return rows.none()
    record = found.reached(user, found.view).filter(key=key).first() if found else None
    return rows.filter(object_type=kind, object_id=record.pk) if record else rows.none()


def describe(changes: Sequence[Change], *, user: User) -> None:
    """Gives each ``record``, ``record_url``, ``history_url`` and ``fields``: one question a kind,
    however many. Of what the user does not reach nothing is told but its kind."""
    records = _records(changes, user=user)
    around = _around(records.values(), user=user)
    names = _names(changes)
    for change in changes:
        record = records.get((change.object_type, change.object_id))
        shown: Any = change
        shown.record = str(record) if record is not None else ""
        shown.record_url = _url(record, around) if record is not None else ""
        kind = record_kinds.find(change.object_type)
        has_history = kind and kind.history and record is not None and _is_living(record)
        shown.history_url = kind.history(record) if has_history else ""  # type: ignore[union-attr, misc] # looked at
        shown.verb_words = verb_words(change.verb)
        shown.fields = list(_fields(change, record, names))


def _records(changes: Sequence[Change], *, user: User) -> dict[tuple[str, int], Any]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change.object_type].add(change.object_id)
    found: dict[tuple[str, int], Any] = {}
    for name, ids in wanted.items():
        if kind := tracked_as(name):
            rows = kind.reach(user, Verb.EDIT).filter(pk__in=ids)
            found |= {(name, row.pk): row for row in rows}
    return found


def _around(records: Any, *, user: User) -> dict[tuple[str, int], str]:
    """Pages of what notes, tasks, files and their like are about."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for name, pk in _about(record):
            wanted[name].add(pk)
    found = {}
    for name, ids in wanted.items():
        if kind := record_kinds.find(name):
            for row in kind.reached(user, kind.view).filter(pk__in=ids):
                found[name, row.pk] = row.get_absolute_url()
    return found


def _about(record: Any) -> Iterator[tuple[str, int]]:
    if hasattr(record, "object_type") and hasattr(record, "object_id"):
        yield record.object_type, record.object_id
    for name in ABOUT:
        if pk := getattr(record, f"{name}_id", None):
            yield name, pk


def _url(record: Any, around: Mapping[tuple[str, int], str]) -> str:
    """Its own page, else that of what it is about; what lies in the trash has none."""
    own = getattr(record, "get_absolute_url", None)
    if own and record_kinds.find(_type_of(record)) and _is_living(record):
        return str(own())
    beside = next((around[one] for one in _about(record) if one in around), "")
    return beside or (str(own()) if own and _is_living(record) else "")


def _type_of(record: Model) -> str:
    return str(record._meta.verbose_name).replace(" ", "_")


def _is_living(record: Any) -> bool:
    return getattr(record, "deleted_at", None) is None


def _fields(
    change: Change, record: Model | None, names: Mapping[int, str]
) -> Iterator[tuple[str, str, str]]:
    """Label, before and after; a field that points elsewhere is only named, but for users."""
    if change.verb != "edited":
        return
    shown = [name for name in change.after if name not in NOT_SHOWN]
    for name in sorted(shown)[:MOST]:
        label = name.partition(":")[0].removesuffix("_id").replace("_", " ").capitalize()
        before, after = change.before.get(name), change.after.get(name)
        if name.removesuffix("_id") == "owner":
            yield label, names.get(before, ""), names.get(after, "")
        elif _points_elsewhere(record, name):
            yield label, "", ""
        else:
            yield label, _said(before), _said(after)


def _points_elsewhere(record: Model | None, name: str) -> bool:
    if record is None:
        return name.endswith("_id")
    found = {one.name: one for one in record._meta.fields}.get(name)
    return name.endswith("_id") or bool(found and found.is_relation)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_said(one) for one in value)[:LONGEST]
    if isinstance(value, dict):  # parts that name others by ids
        return ""
    if isinstance(value, str) and SHORT_NUMBER.fullmatch(value):
        return f"{Decimal(value):f}"
    if isinstance(value, str) and (moment := MOMENT.fullmatch(value)):
        return _when(value, has_time=bool(moment[1]))
    return "" if value is None else str(value)[:LONGEST]


def _when(value: str, *, has_time: bool) -> str:
    """As the reader's clock has it; what only looks like a day, or is beyond all, stays."""
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(value)
        if has_time and moment.tzinfo:
            return date_format(localtime(moment), "j M Y H:i")
        return date_format(moment, "j M Y")
    return value


def _names(changes: Sequence[Change]) -> dict[int, str]:
    ids = {
        side.get(name)
        for change in changes
        for side in (change.before, change.after)
        for name in ("owner", "owner_id")
    }
    users = User.objects.filter(pk__in=ids - {None}) if ids - {None} else ()
    return {user.pk: user.name for user in users}
