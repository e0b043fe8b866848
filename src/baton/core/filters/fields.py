"""The fields that modules offer for filters, by object type."""

from baton.core import offers
from baton.core.offers import FilterField


def key_of(field: FilterField) -> str:
    """How a tree names it: "person.stage"."""
    return f"{field.object_type}.{field.name}"


def fields_of(object_type: str) -> list[FilterField]:
    """In the order of the offers: what a form can ask about such an object."""
    return [field for field in offers.filter_fields if field.object_type == object_type]


def labels_of(field: FilterField) -> dict[str, str] | None:
    """Its choices and how they are shown; None when any value will do. May ask the database."""
    if field.choices is None:
        return None
    return {value: str(label) for value, label in field.choices()}


def find_field(key: str) -> FilterField | None:
    return offers.filter_fields.find(key)
