"""How undo, history and trash read definitions, and write them back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F

from baton.core.access.models import User
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import gettext_noop
from baton.core.fields.actions.defining import bring_back, put_away
from baton.core.fields.actions.limiting import write_limits
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import managed


def _write(field_id: int, values: Mapping[str, Any], _by: User | None, _at: datetime) -> None:
    """Old values back; undo writes the history itself."""
    rows = FieldDefinition.objects.filter(pk=field_id)
    rows.update(**values, version=F("version") + 1)
    if "hidden_for" in values:
        write_limits()


FIELD = Tracked(
    object_type="field",
    label=gettext_noop("Field"),
    read=partial(read_fields, FieldDefinition),
    write=_write,
    trash=put_away,
    restore=bring_back,
    reach=lambda user, _verb: managed(FieldDefinition.objects.all(), user),
)
