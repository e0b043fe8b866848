from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.facts import batch_now
from baton.core.fields.actions.limiting import write_limits
from baton.core.fields.models import FieldDefinition
from baton.core.fields.rules import Kind


class UnknownKind(RuleViolation):
    """Not a kind of field that we have."""


@transaction.atomic
def ensure_field(*, object_type: str, code: str, label: str, kind: str) -> FieldDefinition:
    """The custom field of that code, made when it is not there yet, and out of the trash when it
    lies there: a file brings values of it. Its kind never changes here."""
    if kind not in set(Kind):
        raise UnknownKind(_("There is no kind of field “%(kind)s”.") % {"kind": kind})
    place = next_position(object_type)
    definition, _made = FieldDefinition.objects.get_or_create(
        object_type=object_type,
        code=code,
        defaults={"label": label, "kind": kind, "position": place},
    )
    if definition.deleted_at:
        definition.deleted_at, definition.version = None, definition.version + 1
        definition.batch = batch_now()
        definition.save(update_fields=["deleted_at", "version", "batch"])
        write_limits()
    return definition


def next_position(object_type: str) -> int:
    """Behind all others."""
    rows = FieldDefinition.objects.filter(object_type=object_type)
    latest: int | None = rows.aggregate(latest=Max("position"))["latest"]
    return 0 if latest is None else latest + 1
