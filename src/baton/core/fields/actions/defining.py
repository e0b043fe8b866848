"""Fields are made, changed, put in order and thrown away; what records hold stays untouched."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    save_edit,
    trash_rows,
)
from baton.core.errors import RuleViolation
from baton.core.fields.actions.ensuring import UnknownKind, next_position
from baton.core.fields.actions.limiting import KEPT, BadField, agreeing, write_limits
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import FieldBook, fields_of
from baton.core.fields.rules import (
    CHOSEN,
    INDEXABLE,
    LONGEST_CODE,
    LONGEST_OPTION,
    MOST_INDEXES,
    MOST_OPTIONS,
    Kind,
    Option,
    propose_code,
)
from baton.core.keys import new_key

EDITABLE = frozenset(
    {"label", "help_text", "group", "options", "default", "required_for", "read_only_for"}
    | {"is_indexed", "hidden_for"}
)
MOST_FIELDS = 300  # an object
CODE = re.compile(r"[a-z][a-z0-9_]*")


@transaction.atomic
def create_field(
    *,
    object_type: str,
    label: str,
    kind: str,
    by: User | None,
    at: datetime,
    code: str = "",
    batch: UUID | None = None,
    **values: Any,
) -> FieldDefinition:
    """A new field behind all others; its code is made of the label unless given.

    Raises BadField and UnknownKind.
    """
    if kind not in set(Kind):
        raise UnknownKind(_("There is no kind of field “%(kind)s”.") % {"kind": kind})
    rows = FieldDefinition.objects.filter(object_type=object_type)
    taken = set(rows.values_list("code", flat=True))
    if len(taken) >= MOST_FIELDS:
        raise BadField(_("There are %(count)d fields already.") % {"count": MOST_FIELDS})
    field = FieldDefinition(object_type=object_type, kind=kind, label=label)
    field.code = _free_code(code, taken) if code else propose_code(label, taken=taken)
    field.position = next_position(object_type)
    apply_edit(field, values=_checked(field, {"label": label, **values}))
    field.version = 1
    try:
        with transaction.atomic():
            field.save()
    except IntegrityError as error:  # two at once: the unique code decides
        raise _code_taken(field.code) from error
    if field.hidden_for:
        write_limits()
    record_change(
        object_type="field", object_id=field.pk, verb="created", by=by, at=at, batch=batch,
        after={"label": field.label, "code": field.code, "kind": field.kind},
    )  # fmt: skip
    return field


@transaction.atomic
def edit_field(
    *,
    field: FieldDefinition,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    version: int | None = None,
    batch: UUID | None = None,
) -> FieldDefinition:
    """See EDITABLE; code and kind never change. Raises BadField and LostRace."""
    field = FieldDefinition.objects.select_for_update().get(pk=field.pk)
    clean = _checked(field, values)
    told: dict[str, Any] = {"object_type": "field", "by": by, "at": at, "batch": batch}
    changed = save_edit(field, values=clean, version=version, **told)
    if "hidden_for" in changed:
        write_limits()
    return field


@transaction.atomic
def move_field(*, field: FieldDefinition, steps: int, by: User | None, at: datetime) -> UUID:
    """So many places further down (negative: up); the batch takes it back."""
    list(FieldDefinition.objects.select_for_update().filter(object_type=field.object_type))
    fields, batch = fields_of(field.object_type), new_key()
    here = next((place for place, one in enumerate(fields) if one.pk == field.pk), None)
    if here is not None:
        fields.insert(max(0, here + steps), fields.pop(here))
    for place, one in enumerate(fields):
        if one.position != place:
            former, one.position = one.position, place
            one.save(update_fields=["position"])
            record_change(
                object_type="field", object_id=one.pk, verb="edited", by=by, at=at, batch=batch,
                before={"position": former}, after={"position": place},
            )  # fmt: skip
    return batch


@transaction.atomic
def trash_fields(*, field_ids: Collection[int], by: User | None, at: datetime) -> UUID:
    """Out of sight; values stay in the records, and are there again when it is taken back."""
    moved = put_away(field_ids, by, at)
    return record_each(moved, object_type="field", verb="deleted", by=by, at=at)


def put_away(field_ids: Collection[int], _by: User | None, at: datetime) -> list[int]:
    """As trash_fields, without history."""
    moved = trash_rows(FieldDefinition.objects.filter(pk__in=field_ids), at=at)
    write_limits()
    return moved


def bring_back(field_ids: Collection[int], _by: User | None, _at: datetime) -> list[int]:
    """Out of the trash, with all values. Without history."""
    moved = restore_rows(FieldDefinition.objects.filter(pk__in=field_ids))
    write_limits()
    return moved


def _free_code(code: str, taken: Collection[str]) -> str:
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        words = _("Write small letters, figures and _, like contract_end.")
        raise BadField(words, field="code")
    if code in taken:
        raise _code_taken(code)
    return code


def _code_taken(code: str) -> BadField:
    words = _("There is a field “%(code)s” already, here or in the trash.")
    return BadField(words % {"code": code}, field="code")


def _checked(field: FieldDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """As they are kept. Raises BadField."""
    if unknown := values.keys() - EDITABLE:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = dict(values)
    for name in ("label", "help_text", "group"):
        if name in clean:
            clean[name] = " ".join(str(clean[name]).split())
    if clean.get("label", field.label) == "":
        raise BadField(_("Give the field a label."), field="label")
    if "options" in clean:
        clean["options"] = _options(field, clean["options"])
    _check_roles(field, clean)
    if clean.get("is_indexed") and not field.is_indexed:
        _check_index(field)
    if "default" in clean:
        clean["default"] = _default(field, clean)
    return clean


def _options(field: FieldDefinition, options: Sequence[Option]) -> list[dict[str, Any]]:
    if field.kind not in CHOSEN:
        return []
    labels = [one.label.casefold() for one in options]
    if len(options) > MOST_OPTIONS or any(not 0 < len(one) <= LONGEST_OPTION for one in labels):
        words = _("Write up to %(count)d choices of up to %(length)d characters.")
        said = {"count": MOST_OPTIONS, "length": LONGEST_OPTION}
        raise BadField(words % said, field="options")
    if twice := next((one.label for one in options if labels.count(one.label.casefold()) > 1), ""):
        raise BadField(_("“%(label)s” stands there twice.") % {"label": twice}, field="options")
    return [one.plain() for one in options]


def _check_index(field: FieldDefinition) -> None:
    if field.kind not in INDEXABLE:
        words = _("A field of this kind has no index.")
        raise BadField(words, field="is_indexed")
    others = FieldDefinition.objects.filter(object_type=field.object_type, is_indexed=True)
    if others.filter(deleted_at=None).count() >= MOST_INDEXES:
        words = _("%(count)d fields have an index already: take it from another first.")
        raise BadField(words % {"count": MOST_INDEXES}, field="is_indexed")


def _check_roles(field: FieldDefinition, values: dict[str, Any]) -> None:
    if any(kind in values for kind in KEPT):
        said = {kind: values.get(kind, getattr(field, kind)) for kind in KEPT}
        values.update({kind: roles for kind, roles in agreeing(said).items() if kind in values})


def _default(field: FieldDefinition, values: Mapping[str, Any]) -> Any:
    """Read as any value; of the options as they will be. Raises BadField."""
    raw = values["default"]
    if isinstance(raw, bool):
        raw = "true" if raw else "false"
    if raw in (None, "", []):
        return None
    book = FieldBook(field.object_type)
    asked = FieldDefinition(
        object_type=field.object_type,
        kind=field.kind,
        options=values.get("options", field.options),
    )
    try:
        return book.read(asked, raw)
    except RuleViolation as no:
        raise BadField(str(no), field="default") from no
