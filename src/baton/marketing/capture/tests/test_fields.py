import json

import pytest

from baton.marketing.capture.rules.fields import (
    FieldKind,
    Fills,
    Flaw,
    FormField,
    filled,
    first_of,
    is_phone,
    read_answers,
    read_field,
)

NAME = FormField(
    code="name", kind=FieldKind.TEXT, label="Your name", is_required=True, fills=Fills.FULL_NAME
)
EMAIL = FormField(code="email", kind=FieldKind.EMAIL, label="Work email", is_required=True)
PLANTS = FormField(code="plants", kind=FieldKind.CHOICE, label="Plants", choices=("One", "More"))
PHONE = FormField(code="phone", kind=FieldKind.PHONE, label="Phone")
NOTE = FormField(code="note", kind=FieldKind.TEXTAREA, label="Question")
LETTER = FormField(code="letter", kind=FieldKind.CONSENT, label="Letter")
TITLE = FormField(code="title", kind=FieldKind.TEXT, label="Title", fills=Fills.JOB_TITLE)


@pytest.mark.parametrize(
    ("field", "sent", "flaw"),
    [
        (NAME, "", Flaw.MISSING),
        (NAME, "  \x00 ", Flaw.MISSING),
        (NAME, "x" * 201, Flaw.TOO_LONG),
        (NAME, "x" * 200, None),
        (TITLE, "x" * 161, Flaw.TOO_LONG),
        (EMAIL, "jonas@corvid.example", None),
        (EMAIL, "jonas@corvid", Flaw.NO_EMAIL),
        (EMAIL, "jonas corvid.example", Flaw.NO_EMAIL),
        (EMAIL, "a@b.example\nBcc: c@d.example", Flaw.NO_EMAIL),
        (EMAIL, "<script>@b.example", Flaw.NO_EMAIL),
        (EMAIL, "x" * 300 + "@b.example", Flaw.TOO_LONG),
        (PLANTS, "More", None),
        (PLANTS, "", None),
        (PLANTS, "All of them", Flaw.NO_CHOICE),
        (PHONE, "+49 (421) 555-0101", None),
        (PHONE, "call me", Flaw.NO_PHONE),
        (NOTE, "x" * 5001, Flaw.TOO_LONG),
    ],
)
def test_answer_has_this_flaw(field, sent, flaw):
    answers = read_answers([field], {field.code: sent})

    assert answers.flaws == ({field.code: flaw} if flaw else {})


def test_answers_hold_what_was_asked_only():
    sent = {"name": "Jonas", "email": "j@corvid.example", "is_admin": "1", "owner": "7"}

    answers = read_answers([NAME, EMAIL, PLANTS], sent)

    assert answers.values == {"name": "Jonas", "email": "j@corvid.example"}


@pytest.mark.parametrize(("sent", "kept"), [("on", "yes"), ("1", "yes"), ("", ""), ("nope", "")])
def test_tick_is_yes_or_left_out(sent, kept):
    assert read_answers([LETTER], {"letter": sent}).values.get("letter", "") == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0421 555010", True),
        ("+1 555 010 020 ext. 12", True),
        ("12", False),
        ("555-0101; DROP", False),
        ("(((((((", False),
    ],
)
def test_phone_is_recognised(text, expected):
    assert is_phone(text) is expected


def test_filled_names_the_values_of_the_person():
    values = {"name": "Jonas Weil", "email": "j@corvid.example", "plants": "One"}

    assert filled([NAME, EMAIL, PLANTS, TITLE], values) == {Fills.FULL_NAME: "Jonas Weil"}
    assert first_of([NAME, EMAIL], FieldKind.EMAIL, values) == "j@corvid.example"
    assert first_of([NAME], FieldKind.COMPANY, values) == ""


@pytest.mark.parametrize("field", [NAME, EMAIL, PLANTS, LETTER])
def test_field_survives_being_kept(field):
    assert read_field(json.loads(json.dumps(field.plain()))) == field
