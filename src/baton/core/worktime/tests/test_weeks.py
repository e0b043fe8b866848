import pytest
from hypothesis import given

from baton.core.errors import RuleViolation
from baton.core.worktime.rules import DEFAULT_WEEK, BadHours, Span, WeeklyHours
from baton.core.worktime.tests.strategies import weeks


@given(weeks())
def test_weekly_hours_survive_their_json(week):
    hours = WeeklyHours.parse(week)

    assert hours.as_json() == week
    assert WeeklyHours.parse(hours.as_json()) == hours


def test_weekly_hours_are_put_in_order_of_time():
    hours = WeeklyHours.parse({"tue": [["13:00", "17:30"], ["09:00", "12:00"]]})

    assert hours.days[1] == (Span(540, 720), Span(780, 1050))


def test_default_week_is_nine_to_five_on_working_days():
    nine_to_five = [["09:00", "17:00"]]

    assert DEFAULT_WEEK.as_json() == {
        "mon": nine_to_five,
        "tue": nine_to_five,
        "wed": nine_to_five,
        "thu": nine_to_five,
        "fri": nine_to_five,
        "sat": [],
        "sun": [],
    }


def test_an_empty_week_is_one_without_hours():
    assert WeeklyHours.parse({}).is_empty
    assert not DEFAULT_WEEK.is_empty


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        (None, 'Weekly hours look like {"mon": [["09:00", "17:30"]]}.'),
        ({"monday": []}, "“monday” is not a day: use mon, tue, wed, thu, fri, sat, sun."),
        ({"mon": "09:00"}, 'Monday needs a list of hours, like [["09:00", "17:30"]].'),
        (
            {"mon": [["09:00"]]},
            'Monday needs a start and an end for each span, like ["09:00", "17:30"].',
        ),
        ({"mon": [["9", "17:00"]]}, "Monday has “9”, which is not a time like 09:00."),
        ({"mon": [["09:00", "24:01"]]}, "Monday has “24:01”, which is not a time like 09:00."),
        ({"mon": [[9, 17]]}, "Monday has “9”, which is not a time like 09:00."),
        ({"mon": [["٠٩:٠٠", "17:00"]]}, "Monday has “٠٩:٠٠”, which is not a time like 09:00."),
        (
            {"fri": [["22:00", "06:00"]]},
            "Friday closes before it opens (22:00 to 06:00): "
            "end the evening at 24:00 and go on from 00:00 the next day.",
        ),
        (
            {"fri": [["09:00", "12:00"], ["11:30", "17:00"]]},
            "Friday has hours that overlap: 09:00 to 12:00 and 11:30 to 17:00.",
        ),
        ({"sun": [["00:00", "00:01"]] * 13}, "Sunday has more than 12 spans of hours."),
    ],
)
def test_bad_weekly_hours_are_refused_in_one_sentence(plain, sentence):
    with pytest.raises(RuleViolation) as refusal:
        WeeklyHours.parse(plain)

    assert str(refusal.value) == sentence


def test_a_week_of_six_days_is_refused():
    with pytest.raises(BadHours, match="seven days"):
        WeeklyHours(((),) * 6)


def test_hours_that_touch_are_allowed():
    hours = WeeklyHours.parse({"mon": [["09:00", "12:00"], ["12:00", "15:00"]]})

    assert hours.days[0] == (Span(540, 720), Span(720, 900))
