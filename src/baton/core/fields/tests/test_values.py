import pytest

from baton.core.fields.actions import UnknownKind, ensure_field
from baton.core.fields.queries import fields_of
from baton.core.fields.rules import Unreadable, read_value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (" Food ", "text", "Food"),
        ("", "number", None),
        ("1250.50", "number", "1250.5"),
        ("1e3", "money", "1000"),
        ("2026-03-01", "date", "2026-03-01"),
        ("Yes", "boolean", True),
        ("0", "boolean", False),
        ("gold", "choice", "gold"),
    ],
)
def test_value_is_kept_plain(text, kind, value):
    assert read_value(text, kind=kind) == value


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("lots", "number", "no number"),
        ("NaN", "money", "no number"),
        ("9e9999999999", "number", "no number"),
        ("1e999999", "number", "no number"),
        ("1e-999999", "number", "no number"),
        ("soon", "date", "no date"),
        ("perhaps", "boolean", "neither yes nor no"),
    ],
)
def test_unreadable_value_says_what_it_should_look_like(text, kind, words):
    with pytest.raises(Unreadable, match=words):
        read_value(text, kind=kind)


@pytest.mark.django_db
def test_field_is_made_once_and_keeps_its_kind():
    first = ensure_field(object_type="person", code="size", label="Size", kind="number")
    again = ensure_field(object_type="person", code="size", label="Other", kind="text")
    ensure_field(object_type="deal", code="size", label="Size", kind="text")

    assert (first.pk, again.kind) == (again.pk, "number")
    assert [field.code for field in fields_of("person")] == ["size"]


@pytest.mark.django_db
def test_unknown_kind_is_refused():
    with pytest.raises(UnknownKind):
        ensure_field(object_type="person", code="x", label="X", kind="colour")
