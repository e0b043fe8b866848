from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baton.core.facts import Touch
from baton.records.timeline import rules
from baton.records.timeline.rules import Before, Direction, Due, Entry, Kind, Nearness, Outcome

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def an_entry(fact_id, *, minutes=0, **values):
    told = {"name": "page.viewed", "title": "Viewed pricing"} | values
    return Entry(fact_id=fact_id, at=NINE - timedelta(minutes=minutes), **told)


@pytest.mark.parametrize(
    ("kind", "outcome", "direction", "touch"),
    [
        (Kind.CALL, Outcome.UNANSWERED, Direction.OURS, "attempt"),
        (Kind.CALL, Outcome.VOICEMAIL, Direction.OURS, "attempt"),
        (Kind.CALL, Outcome.CONVERSATION, Direction.OURS, "first_response"),
        (Kind.CALL, Outcome.UNANSWERED, Direction.THEIRS, "theirs"),
        (Kind.CALL, Outcome.VOICEMAIL, Direction.THEIRS, "theirs"),
        (Kind.CALL, Outcome.CONVERSATION, Direction.THEIRS, "first_response"),
        (Kind.MEETING, Outcome.HELD, Direction.OURS, "first_response"),
        (Kind.MEETING, Outcome.NO_SHOW, Direction.OURS, "attempt"),
        (Kind.MEETING, Outcome.NO_SHOW, Direction.THEIRS, "attempt"),
        (Kind.MAIL, Outcome.SENT, Direction.OURS, "first_response"),
        (Kind.MAIL, Outcome.RECEIVED, Direction.THEIRS, "theirs"),
        (Kind.MAIL, Outcome.RECEIVED, Direction.OURS, "theirs"),
    ],
)
def test_touch_follows_what_came_of_it(kind, outcome, direction, touch):
    assert rules.touch_of(kind, outcome=outcome, direction=direction) == touch
    assert Touch(touch)


@pytest.mark.parametrize(
    ("kind", "outcome"), [("call", "held"), ("mail", "voicemail"), ("fax", "sent")]
)
def test_touch_of_an_impossible_outcome_is_refused(kind, outcome):
    with pytest.raises(ValueError, match=outcome if kind != "fax" else kind):
        rules.touch_of(kind, outcome=outcome)


def test_a_run_of_the_same_event_becomes_one_entry():
    entries = [
        an_entry(4),
        an_entry(3, minutes=5),
        an_entry(2, minutes=30),
        an_entry(1, minutes=90),
    ]

    [run] = rules.collapse(entries, zone=UTC)

    assert (run.fact_id, run.count, run.at, run.since) == (4, 4, NINE, NINE - timedelta(minutes=90))


@pytest.mark.parametrize(
    "other",
    [
        an_entry(1, title="Viewed the home page"),
        an_entry(1, name="form.submitted"),
        an_entry(1, who="Teo"),
        an_entry(1, person_id=8),
        an_entry(1, detail="from a search"),
        an_entry(1, minutes=60 * 24),
        an_entry(1, quote="Call me"),
    ],
)
def test_entries_that_differ_stand_alone(other):
    assert [run.count for run in rules.collapse([an_entry(2), other], zone=UTC)] == [1, 1]


def test_what_somebody_wrote_is_never_folded():
    notes = [an_entry(2, quote="Yes"), an_entry(1, quote="Yes")]

    assert list(rules.collapse(notes, zone=UTC)) == notes


def test_a_run_ends_at_midnight_of_the_reader():
    late, early = an_entry(2, minutes=9 * 60), an_entry(1, minutes=10 * 60)  # 0:00 and 23:00 UTC

    assert len(list(rules.collapse([late, early], zone=UTC))) == 2
    assert len(list(rules.collapse([late, early], zone=ZoneInfo("America/New_York")))) == 1


@pytest.mark.parametrize(
    ("on", "called"),
    [
        (date(2026, 3, 2), Nearness.TODAY),
        (date(2026, 3, 1), Nearness.YESTERDAY),
        (date(2026, 3, 3), Nearness.WEEKDAY),
        (date(2026, 1, 30), Nearness.WEEKDAY),
        (date(2026, 1, 29), Nearness.THIS_YEAR),
        (date(2025, 12, 31), Nearness.OTHER_YEAR),
        (date(2027, 4, 3), Nearness.OTHER_YEAR),
    ],
)
def test_nearness_of_a_day(on, called):
    assert rules.nearness(on, today=date(2026, 3, 2)) == called


def test_entries_lie_under_the_days_of_the_readers_zone():
    entries = [an_entry(2, minutes=9 * 60 + 30), an_entry(1, minutes=10 * 60 + 30)]

    assert [day.on.day for day in rules.days_of(entries, zone=UTC)] == [1]
    assert [(day.on.day, len(day.entries)) for day in rules.days_of(entries, zone=BERLIN)] == [
        (2, 1),
        (1, 1),
    ]


def test_a_cursor_is_read_as_it_was_written():
    before = Before(at=NINE.replace(microsecond=123456), fact_id=7)

    assert Before.read(str(before)) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "_",
        "7",
        "2026-03-02_1",
        "2026-03-02T09:00:00_1",
        "x_y",
        "0001-01-01T00:00:00+14:00_1",
        "2026-03-02T09:00:00+00:00_-1",
    ],
)
def test_a_cursor_that_we_did_not_make_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 -- each of these texts fails in another place
        Before.read(text)


@pytest.mark.parametrize(
    ("due_at", "group"),
    [
        (None, Due.NO_DATE),
        (NINE - timedelta(seconds=1), Due.LATE),
        (NINE, Due.TODAY),
        (datetime(2026, 3, 2, 22, 59, tzinfo=UTC), Due.TODAY),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), Due.LATER),
    ],
)
def test_due_group_in_berlin(due_at, group):
    assert rules.due_group(due_at, at=NINE, zone=BERLIN) == group
