from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from baton.core.keys import new_key
from baton.marketing.capture.rules.channels import Source
from baton.marketing.capture.rules.visits import Run, Seen, cut

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DIRECT = Source(channel="direct")
SEARCH = Source(channel="organic_search", source="google")
PLANTS = Source(channel="paid_social", source="linkedin", campaign="linkedin-plants")
VISITOR = uuid4()


def seen(minute: float, source: Source = DIRECT) -> Seen:
    at = MONDAY + timedelta(minutes=minute)
    return Seen(
        id=new_key(),
        visitor=VISITOR,
        at=at,
        path="/p/guide/",
        title="Guide",
        source=source,
        consented_at=at,
    )


def run(start: float, end: float, source: Source = DIRECT) -> Run:
    return Run(
        id=1,
        started_at=MONDAY + timedelta(minutes=start),
        ended_at=MONDAY + timedelta(minutes=end),
        source=source,
    )


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        ([seen(0, PLANTS), seen(5), seen(10)], [3]),
        ([seen(0, PLANTS), seen(29.9), seen(59)], [3]),
        ([seen(0, PLANTS), seen(30)], [1, 1]),
        ([seen(0, SEARCH), seen(5, PLANTS)], [1, 1]),
        ([seen(0, PLANTS), seen(5, PLANTS)], [2]),
        ([seen(0, PLANTS), seen(5), seen(6, SEARCH), seen(7)], [2, 2]),
        ([seen(0), seen(90), seen(91), seen(300)], [1, 2, 1]),
        ([], []),
    ],
)
def test_hits_are_cut_into_visits(hits, expected):
    runs = cut(hits)

    assert [len(one.hits) for one in runs] == expected


def test_hits_are_cut_by_their_time_whatever_their_order():
    hits = [seen(20), seen(0, PLANTS), seen(10)]

    [one] = cut(hits)

    assert one.source == PLANTS
    assert one.started_at == MONDAY
    assert one.ended_at == MONDAY + timedelta(minutes=20)


def test_known_visit_grows_and_keeps_its_source():
    [one] = cut([seen(20)], known=[run(0, 10, PLANTS)])

    assert one.id == 1
    assert one.source == PLANTS
    assert one.ended_at == MONDAY + timedelta(minutes=20)


def test_late_line_from_before_the_visit_tells_its_source():
    [one] = cut([seen(-2, PLANTS)], known=[run(0, 10, DIRECT)])

    assert one.id == 1
    assert one.source == PLANTS
    assert one.started_at == MONDAY - timedelta(minutes=2)


def test_visits_without_news_are_left_out():
    grown = cut([seen(400)], known=[run(0, 10), run(390, 395)])

    assert [one.started_at for one in grown] == [MONDAY + timedelta(minutes=390)]
