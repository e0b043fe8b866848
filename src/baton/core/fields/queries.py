from baton.core.fields.models import FieldDefinition


def fields_of(object_type: str) -> list[FieldDefinition]:
    """The living custom fields of an object, in their order."""
    return list(
        FieldDefinition.objects.filter(object_type=object_type, deleted_at=None).order_by(
            "position", "pk"
        )
    )
