"""An import is taken back: the own fields that it brought go with it, where nothing uses them."""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.access.models import User
from baton.core.changes.actions import record_each
from baton.core.fields.actions.defining import put_away
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import rules_of
from baton.core.fields.rules import OWN
from baton.core.fields.slots import field_uses, fielded


@transaction.atomic
def clear_fields(*, batch: UUID, by: User | None, at: datetime) -> list[str]:
    """Into the trash; says in sentences which stay, and why."""
    free: list[int] = []
    told: list[str] = []
    for field in FieldDefinition.objects.filter(batch=batch, deleted_at=None).order_by("pk"):
        why = next(_uses(field), "")
        if why:
            told.append(why)
        else:
            free.append(field.pk)
    moved = put_away(free, by, at) if free else []
    record_each(moved, object_type="field", verb="deleted", by=by, at=at, cause="undo")
    return told


def _uses(field: FieldDefinition) -> Iterator[str]:
    kind = fielded.find(field.object_type)
    living = kind.model._base_manager.filter(deleted_at=None) if kind else None
    count = living.filter(custom__has_key=field.code).count() if living is not None else 0
    if count:
        words = ngettext(
            "The field “%(field)s” stays: %(n)s record has a value in it.",
            "The field “%(field)s” stays: %(n)s records have a value in it.",
            count,
        )
        yield words % {"field": field.label, "n": count}
    words = _("The field “%(field)s” stays: %(what)s asks for it.")
    for rule in rules_of(field.object_type):
        if f'{OWN}{field.code}"' in json.dumps(rule.condition):
            rule_words = _("the rule “%(rule)s”") % {"rule": rule.message}
            yield words % {"field": field.label, "what": rule_words}
    for use in field_uses:
        for what in use.named(field.object_type, field.code):
            yield words % {"field": field.label, "what": what}
