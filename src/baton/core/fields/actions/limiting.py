"""What roles are kept from in the fields that Baton brought, and the one place that all read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.roles import Role, scope_of
from baton.core.changes.actions import apply_edit, record_change, restore_rows, trash_rows
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation, gettext_noop
from baton.core.fields.models import FieldDefinition, FieldLimit
from baton.core.fields.permissions import MANAGE_FIELDS
from baton.core.fields.queries import managed
from baton.core.limits import OWN, built_ins, written_down
from baton.core.settings.actions import keep_limits

KEPT = ("hidden_for", "read_only_for", "required_for")


class BadField(RuleViolation):
    """A field that cannot be so; ``field`` names what to mend."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def limit_field(
    *,
    object_type: str,
    name: str,
    values: Mapping[str, Sequence[str]],
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> FieldLimit:
    """Roles by ``hidden_for``, ``read_only_for`` and ``required_for``. Raises BadField."""
    known = built_ins.find(f"{object_type}.{name}")
    if known is None:
        raise BadField(_("There is no such field."))
    if values.get("hidden_for") and not known.may_hide:
        words = _("“%(field)s” cannot be hidden: too much is made of it.")
        raise BadField(words % {"field": known.label}, field="hidden_for")
    if values.get("required_for") and not known.may_require:
        words = _("“%(field)s” cannot be required: the form of a new record does not ask for it.")
        raise BadField(words % {"field": known.label}, field="required_for")
    row, _made = FieldLimit.objects.select_for_update().get_or_create(
        object_type=object_type, name=name
    )
    before = {kind: getattr(row, kind) for kind in KEPT}
    changed = apply_edit(row, values=agreeing({**before, **values}))
    if changed:
        row.save(update_fields=[*changed, "version"])
        record_change(
            object_type="field_limit", object_id=row.pk, verb="edited", by=by, at=at, batch=batch,
            before={kind: before[kind] for kind in changed},
            after={kind: getattr(row, kind) for kind in changed},
        )  # fmt: skip
        write_limits()
    return row


def agreeing(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Roles in their order, each in one way at most. Raises BadField."""
    found = {kind: [str(role) for role in Role if role in set(values[kind])] for kind in KEPT}
    hidden, read_only, required = (set(found[kind]) for kind in KEPT)
    if hidden & read_only or (hidden | read_only) & required:
        words = _("Nobody can fill in what they may only read: choose one of the two for a role.")
        raise BadField(words, field="read_only_for")
    if any(sees_all(role) for role in hidden):
        raise BadField(_("Who manages fields sees all of them."), field="hidden_for")
    return found


def sees_all(role: str) -> bool:
    """Who could take the limit away, and takes everything along in a file."""
    return scope_of(role, MANAGE_FIELDS.area, MANAGE_FIELDS.verb) is not None


def write_limits() -> None:
    """Made anew of all that is kept: one row, which comes with whoever is signed in."""
    said: dict[tuple[str, str], dict[str, list[str]]] = {
        (row.object_type, row.name): {
            "hidden": row.hidden_for, "read_only": row.read_only_for, "required": row.required_for
        }
        for row in FieldLimit.objects.filter(deleted_at=None)
    }  # fmt: skip
    # Those in the trash, too: forms still have the answers, and records the values.
    for own in FieldDefinition.objects.exclude(hidden_for=[]):
        said[own.object_type, OWN + own.code] = {"hidden": own.hidden_for}
    keep_limits(written_down(said))


def _write(limit_id: int, values: Mapping[str, Any], _by: User | None, _at: datetime) -> None:
    FieldLimit.objects.filter(pk=limit_id).update(**values, version=F("version") + 1)
    write_limits()


LIMIT = Tracked(
    object_type="field_limit",
    label=gettext_noop("Who sees a field"),
    read=partial(read_fields, FieldLimit),
    write=_write,
    trash=lambda ids, _by, at: trash_rows(FieldLimit.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, _by, _at: restore_rows(FieldLimit.objects.filter(pk__in=ids)),
    reach=lambda user, _verb: managed(FieldLimit.objects.all(), user),
    has_trash=False,
)
