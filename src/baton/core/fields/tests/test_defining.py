"""Fields are made, changed, put in order and thrown away, with their history and a way back."""

import pytest

from baton.core.changes.actions import LostRace, undo
from baton.core.changes.models import Change
from baton.core.fields.actions import (
    BadField,
    edit_field,
    ensure_field,
    move_field,
    trash_fields,
)
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import fields_of
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import AT, a_field
from baton.core.limits import limits_in
from baton.core.settings.queries import organisation

pytestmark = pytest.mark.django_db


def codes(object_type="person"):
    return [one.code for one in fields_of(object_type)]


def test_field_gets_a_code_and_the_last_place():
    a_field("First")
    field = a_field("Contract end", kind="date")

    assert (field.code, field.position, field.version) == ("contract_end", 1, 1)
    assert codes() == ["first", "contract_end"]
    assert Change.objects.get(object_id=field.pk, object_type="field").verb == "created"


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"label": " "}, "label"),
        ({"code": "Size"}, "small letters"),
        ({"code": "first"}, "“first” already"),
        ({"kind": "choice", "options": [Option("a", "A"), Option("b", "a")]}, "“A” stands there"),
        ({"kind": "choice", "options": [Option("a", " " * 0)]}, "up to 200 choices"),
        ({"kind": "number", "default": "many"}, "no number"),
        ({"required_for": ["rep"], "read_only_for": ["rep"]}, "choose one of the two"),
    ],
)
def test_field_that_cannot_be_is_refused(over, words):
    a_field("First")

    with pytest.raises(BadField, match=words):
        a_field(**{"label": "Second", **over})

    assert codes() == ["first"]


def test_code_in_the_trash_is_given_to_no_other_field():
    field = a_field("Size")
    trash_fields(field_ids=[field.pk], by=None, at=AT)

    with pytest.raises(BadField, match="in the trash"):
        a_field("Other", code="size")

    assert a_field("Size").code == "size_2"


def test_edit_is_a_lost_race_against_a_newer_version():
    field = a_field("Size")
    edit_field(field=field, values={"group": "Plant"}, version=1, by=None, at=AT)

    with pytest.raises(LostRace):
        edit_field(field=field, values={"group": "Other"}, version=1, by=None, at=AT)

    assert FieldDefinition.objects.get().group == "Plant"


def test_move_puts_fields_in_order_and_is_taken_back():
    last = [a_field(label) for label in "abc"][-1]

    batch = move_field(field=last, steps=-2, by=None, at=AT)
    moved = codes()
    undo(batch=batch, by=None, at=AT)

    assert (moved, codes()) == (["c", "a", "b"], ["a", "b", "c"])


def test_deleted_field_comes_back_with_undo():
    field = a_field("Size")

    batch = trash_fields(field_ids=[field.pk], by=None, at=AT)
    gone = codes()
    undo(batch=batch, by=None, at=AT)

    assert (gone, codes()) == ([], ["size"])


def test_edit_is_taken_back_with_its_default_and_options():
    field = a_field("Tier", kind="choice", options=[Option("gold", "Gold")])
    values = {"options": [Option("gold", "Best")], "default": "Best"}

    edit_field(field=field, values=values, by=None, at=AT)
    edited = FieldDefinition.objects.get()
    undo(batch=Change.objects.get(verb="edited").batch, by=None, at=AT)
    back = FieldDefinition.objects.get()

    assert (edited.default, edited.choice_list()) == ("gold", [Option("gold", "Best")])
    assert (back.default, back.choice_list()) == (None, [Option("gold", "Gold")])


def test_file_takes_its_field_out_of_the_trash():
    field = a_field("Size")
    trash_fields(field_ids=[field.pk], by=None, at=AT)

    ensure_field(object_type="person", code="size", label="Size", kind="text")

    assert codes() == ["size"]


def test_field_that_begins_hidden_is_hidden_at_once_and_out_of_the_trash(company):
    field = a_field("Size", hidden_for=["rep"])
    made = hidden_from_reps()

    trash_fields(field_ids=[field.pk], by=None, at=AT)
    ensure_field(object_type="person", code="size", label="Size", kind="text")

    assert made == hidden_from_reps() == {"custom.size"}


def hidden_from_reps():
    limits = limits_in(organisation().field_limits, role="rep", object_type="person")
    return limits.hidden
