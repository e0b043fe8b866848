import pytest
from hypothesis import given

from baton.core.errors import RuleViolation
from baton.core.worktime.rules import Span, WeeklyHours, read_day, write_day
from baton.core.worktime.tests.strategies import weeks


@given(weeks())
def test_hours_survive_being_written_and_read(week):
    for spans in WeeklyHours.parse(week).days:
        assert read_day(write_day(spans)[:400], name="Monday") == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("  ", []),
        ("9-17", [(540, 1020)]),
        ("09:00–12:30, 13:30–17:30", [(540, 750), (810, 1050)]),
        ("13.30 to 17.30; 9 — 12", [(540, 720), (810, 1050)]),
        ("00:00-24:00", [(0, 1440)]),
    ],
)
def test_hours_are_read_as_people_write_them(text, spans):
    assert read_day(text, name="Monday") == tuple(Span(*span) for span in spans)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "nine to five",
            "Friday: “nine to five” cannot be read. Write hours like 09:00-12:30, 13:30-17:30.",
        ),
        ("9", "Friday: “9” cannot be read. Write hours like 09:00-12:30, 13:30-17:30."),
        ("9-24:30", "Friday closes before it opens (09:00 to 24:30)"),
        ("17-9", "Friday closes before it opens (17:00 to 09:00)"),
        ("9-12, 11-17", "Friday has hours that overlap: 09:00 to 12:00 and 11:00 to 17:00."),
        ("9-10," * 30, "Friday: “9-10” cannot be read."),
    ],
)
def test_hours_that_cannot_be_read_are_refused_in_one_sentence(text, sentence):
    with pytest.raises(RuleViolation) as refusal:
        read_day(text, name="Friday")

    assert str(refusal.value).startswith(sentence)
