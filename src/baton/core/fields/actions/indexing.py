"""Indexes over own fields: made and dropped by a job, beside everything else that goes on."""

from typing import Any

from django.db import connection
from django.db.models import Index, Model, Q

from baton.core.fields.expressions import CODE, order_of
from baton.core.fields.models import FieldDefinition
from baton.core.fields.slots import fielded


def fields_to_index() -> list[FieldDefinition]:
    """Those whose index is to be made, or to go."""
    wanted = Q(is_indexed=True, deleted_at=None)
    made = ~Q(index_name="")
    return list(FieldDefinition.objects.filter((wanted & ~made) | (~wanted & made)).order_by("pk"))


def tend_index(*, field_id: int) -> None:
    """Make what is wanted and drop what is not; outside a transaction, safe to run twice.

    On PostgreSQL nobody waits: it is built concurrently, and one that was left half built is made
    anew.
    """
    field = FieldDefinition.objects.filter(pk=field_id).first()
    kind = fielded.find(field.object_type) if field else None
    if field is None or kind is None or not CODE.fullmatch(field.code):
        return
    name, is_wanted = f"own_field_{field.pk}", field.is_indexed and field.deleted_at is None
    if is_wanted == bool(field.index_name):
        return
    _drop(name)
    if is_wanted:
        _make(Index(order_of(field.code, field.kind), "id", name=name), kind.model)
    rows = FieldDefinition.objects.filter(pk=field.pk, is_indexed=field.is_indexed)
    rows.update(index_name=name if is_wanted else "")


def _drop(name: str) -> None:
    beside = "CONCURRENTLY " if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {beside}IF EXISTS {connection.ops.quote_name(name)}")


def _make(index: Index, model: type[Model]) -> None:
    more: dict[str, Any] = {"concurrently": True} if connection.vendor == "postgresql" else {}
    statement = index.create_sql(model, connection.schema_editor(), **more)
    with connection.cursor() as cursor:
        cursor.execute(str(statement))
