from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.fields.models import FieldDefinition, FieldLimit, ValidationRule
from baton.core.fields.permissions import MANAGE_FIELDS
from baton.core.fields.rules import CHOSEN, Kind, Option, read_value
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation
from baton.core.ui import formats

M = TypeVar("M", bound=Model)


def fields_of(object_type: str) -> list[FieldDefinition]:
    """The living custom fields of an object, in their order."""
    return _FIELDS.rows(object_type=object_type)


_FIELDS = Prepared(
    lambda object_type: FieldDefinition.objects.filter(
        object_type=object_type, deleted_at=None
    ).order_by("position", "pk")
)


def rules_of(object_type: str) -> list[ValidationRule]:
    """The living rules of an object, in their order; those that are off, too."""
    return _RULES.rows(object_type=object_type)


_RULES = Prepared(
    lambda object_type: ValidationRule.objects.filter(
        object_type=object_type, deleted_at=None
    ).order_by("position", "pk")
)


def limits_of(object_type: str) -> dict[str, FieldLimit]:
    """By the field that Baton brought, for who manages them."""
    rows = FieldLimit.objects.filter(object_type=object_type, deleted_at=None)
    return {row.name: row for row in rows}


def limit_of(object_type: str, name: str) -> FieldLimit | None:
    """None where nobody was kept from it yet."""
    return limits_of(object_type).get(name)


def managed(rows: QuerySet[M], user: User) -> QuerySet[M]:
    """All for who manages fields, those in the trash, too; else none."""
    return rows if user.may(MANAGE_FIELDS) else rows.none()


def colleagues() -> list[Option]:
    """Who can be named in a field; those who left stay named where they are."""
    users = User.objects.filter(deleted_at=None).order_by("name", "pk")
    return [
        Option(str(key), name, is_retired=not is_active)
        for key, name, is_active in users.values_list("key", "name", "is_active")
    ]


class FieldBook:
    """The fields of one kind of record, with all that reading and showing values needs: a query,
    and one for the colleagues where some field names them, however many fields and records."""

    def __init__(self, object_type: str) -> None:
        self._object_type = object_type

    @cached_property
    def fields(self) -> list[FieldDefinition]:
        return fields_of(self._object_type)

    @cached_property
    def by_code(self) -> Mapping[str, FieldDefinition]:
        return {one.code: one for one in self.fields}

    @cached_property
    def colleagues(self) -> list[Option]:
        return colleagues()

    @cached_property
    def currency(self) -> str:
        return organisation().base_currency

    def options_of(self, field: FieldDefinition) -> list[Option]:
        """What may be chosen, retired ones too; [] for what is typed."""
        if field.kind == Kind.USER:
            return self.colleagues
        return field.choice_list() if field.kind in CHOSEN else []

    def read(
        self, field: FieldDefinition, raw: Any, *, kept: Any = None, zone: tzinfo | None = None
    ) -> Any:
        """What was typed or sent, as it is kept. Raises Unreadable."""
        return read_value(
            raw,
            kind=field.kind,
            options=self.options_of(field),
            kept=kept,
            zone=zone or timezone.get_current_timezone(),
        )

    def words(self, field: FieldDefinition, value: Any) -> str:
        """For people; what an older version wrote otherwise as it stands."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list):
            return ", ".join(self.words(field, one) for one in value)
        if field.kind in {*CHOSEN, Kind.USER}:
            return self._labels(field).get(str(value), str(value))
        return _written(str(value), kind=field.kind, book=self)

    def _labels(self, field: FieldDefinition) -> Mapping[str, str]:
        if field.code not in self._known_labels:
            labels = {one.value: one.label for one in self.options_of(field)}
            self._known_labels[field.code] = labels
        return self._known_labels[field.code]

    @cached_property
    def _known_labels(self) -> dict[str, Mapping[str, str]]:
        return {}


def _written(text: str, *, kind: str, book: FieldBook) -> str:
    try:
        if kind == Kind.MONEY:
            return formats.money(Decimal(text), book.currency)
        if kind == Kind.MOMENT:
            return date_format(timezone.localtime(moment_of(text)), "j M Y, H:i")
        if kind == Kind.DATE:
            return date_format(datetime.fromisoformat(text), "j M Y")
    except (ValueError, ArithmeticError):
        return text
    return text


def moment_of(text: str) -> datetime:
    """From how it is kept. Raises ValueError."""
    return datetime.fromisoformat(text).astimezone(UTC)


def groups_in(object_type: str) -> list[str]:
    """The headings that are there, in the order of their first fields."""
    return list(dict.fromkeys(one.group for one in fields_of(object_type) if one.group))
