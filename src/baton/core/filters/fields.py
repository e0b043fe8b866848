"""The fields that modules offer for filters, by object type."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache

from baton.core import offers
from baton.core.offers import FieldKind, FilterField
from baton.core.slots import Slot

Fields = Mapping[str, FilterField]
# What lists ask of an object beside the offers, by its type: fields that a company made itself,
# and the imports that brought it.
own_fields: Slot[Callable[[str], list[FilterField]]] = Slot()


def key_of(field: FilterField) -> str:
    """How a tree names it: "person.stage"."""
    return f"{field.object_type}.{field.name}"


def fields_of(object_type: str) -> list[FilterField]:
    """In the order of the offers: what a form can ask about such an object."""
    return [field for field in offers.filter_fields if field.object_type == object_type]


def askable(
    object_type: str, *, may: Callable[[str], bool], without: Collection[str] = ()
) -> Fields:
    """What somebody with these permissions is offered in a list, by key; what they do not see is
    not asked.

    Each asks for its choices once, however many conditions are read and said with it.
    """
    found = [*fields_of(object_type), *(one for of in own_fields for one in of(object_type))]
    open_to = [field for field in found if _is_for(field, may) and key_of(field) not in without]
    return {key_of(field): _once(field) for field in open_to}


def _once(field: FilterField) -> FilterField:
    choices = field.choices
    return replace(field, choices=cache(lambda: list(choices()))) if choices else field


def _is_for(field: FilterField, may: Callable[[str], bool]) -> bool:
    # Without choices a relation is a number that nobody knows.
    is_nameless = field.kind is FieldKind.RELATION and field.choices is None
    return not is_nameless and (not field.permission or may(field.permission))


def labels_of(field: FilterField) -> dict[str, str] | None:
    """Its choices and how they are shown; None when any value will do. May ask the database."""
    if field.choices is None:
        return None
    return {value: str(label) for value, label in field.choices()}


def find_field(key: str) -> FilterField | None:
    return offers.filter_fields.find(key)
