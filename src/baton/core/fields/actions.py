from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.fields.models import FieldDefinition
from baton.core.fields.rules import Kind


class UnknownKind(RuleViolation):
    """Not a kind of field that we have."""


@transaction.atomic
def ensure_field(*, object_type: str, code: str, label: str, kind: str) -> FieldDefinition:
    """The custom field of that code, made when it is not there yet; its kind never changes here."""
    if kind not in set(Kind):
        raise UnknownKind(_("There is no kind of field “%(kind)s”.") % {"kind": kind})
    definition, _made = FieldDefinition.objects.get_or_create(
        object_type=object_type, code=code, defaults={"label": label, "kind": kind}
    )
    return definition
