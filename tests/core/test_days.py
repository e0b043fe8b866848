"""Days, reckoned by SQLite, are those that Django's own expressions tell."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import TruncDate

from baton.core.facts.models import FactRecord
from baton.core.sqlite.days import DaysLater, LocalDay, shifts

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime(2024, 12, 30, tzinfo=UTC), datetime(2026, 2, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def moments(lasting):
    """Each 97 minutes: on both sides of every midnight, and of each change of the clock."""
    step = timedelta(minutes=97, microseconds=13)
    count = int((LAST - FIRST) / step) + 1
    found = [FIRST + step * number for number in range(count)]
    FactRecord.objects.bulk_create(
        FactRecord(name="form.submitted", happened_at=at, recorded_at=at, payload={})
        for at in found
    )
    return found


@pytest.mark.parametrize(
    "zone",
    ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"],
)
def test_each_moment_falls_on_the_day_of_its_zone(moments, zone):
    day = LocalDay("happened_at", first=FIRST, last=LAST, zone=ZoneInfo(zone))

    found = FactRecord.objects.annotate(on=day).order_by("happened_at").values_list("on", flat=True)

    assert list(found) == [at.astimezone(ZoneInfo(zone)).date() for at in moments]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_last_moment_of_a_day_belongs_to_it(zone):
    place = ZoneInfo(zone)
    at = datetime(2025, 3, 28, 23, 59, 59, 999_999, tzinfo=place)
    FactRecord.objects.create(name="form.submitted", happened_at=at, recorded_at=at, payload={})

    day = LocalDay("happened_at", first=FIRST, last=LAST, zone=place)

    assert list(FactRecord.objects.filter(happened_at=at).values_list(day)) == [(at.date(),)]


def test_it_is_the_day_that_django_tells_of_a_plain_value(moments):
    zone, at = ZoneInfo("Europe/Berlin"), Value(moments[5], output_field=DateTimeField())

    both = (LocalDay(at, first=FIRST, last=LAST, zone=zone), TruncDate(at, tzinfo=zone))
    [(ours, theirs)] = FactRecord.objects.values_list(*both)[:1]

    assert ours == theirs


def test_clocks_are_changed_to_the_second():
    found = list(shifts(FIRST, LAST, ZoneInfo("Europe/Berlin")))

    assert found == [
        (FIRST, 3600),
        (datetime(2025, 3, 30, 1, tzinfo=UTC), 7200),
        (datetime(2025, 10, 26, 1, tzinfo=UTC), 3600),
    ]


@pytest.mark.parametrize("days", [28, 91, -400])
def test_days_later_is_the_moment_that_django_reckons(moments, days):
    FactRecord.objects.filter(happened_at=moments[7]).update(
        happened_at=moments[7].replace(microsecond=0)
    )
    both = (DaysLater("happened_at", days=days), F("happened_at") + timedelta(days=days))

    found = FactRecord.objects.values_list(*both)

    assert [ours for ours, _theirs in found] == [theirs for _ours, theirs in found]


def test_days_later_are_compared_to_the_microsecond(moments):
    exact, later = (
        FactRecord(name="lead.became", happened_at=FIRST, recorded_at=at, payload={})
        for at in (FIRST + timedelta(days=28), FIRST + timedelta(days=28, microseconds=1))
    )
    FactRecord.objects.bulk_create([exact, later])

    found = FactRecord.objects.filter(
        name="lead.became", recorded_at__lte=DaysLater("happened_at", days=28)
    )

    assert list(found.values_list("pk", flat=True)) == [exact.pk]
