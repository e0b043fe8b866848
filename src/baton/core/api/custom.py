"""A company's own fields in what is sent."""

from collections.abc import Mapping
from typing import Any

from baton.core.api.problems import Problem
from baton.core.fields.queries import FieldBook
from baton.core.fields.rules import Unreadable

Custom = dict[str, str | int | float | bool | list[str] | None]


def custom_of(
    sent: Mapping[str, Any], *, object_type: str, known: Mapping[str, Any]
) -> dict[str, Any]:
    """The record's own fields after this; an empty value takes one away. Raises Problem 422."""
    book = FieldBook(object_type)
    values = dict(known)
    for code, value in sent.items():
        field = book.by_code.get(code)
        if field is None:
            raise Problem(422, f"custom.{code[:60]}: there is no such field.")
        try:
            values[code] = book.read(field, _text(value), kept=known.get(code))
        except Unreadable as error:
            raise Problem(422, f"custom.{code}: {error}") from error
    return {code: value for code, value in values.items() if value is not None}


def _text(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [str(_text(one)) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
