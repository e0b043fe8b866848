"""A query and the evaluation in Python must choose the same rows: on both databases."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.core import filters
from baton.core.filters import BadFilter
from baton.core.filters.tests.strategies import conditions, trees
from baton.core.filters.tests.subjects import MOMENTS, SUBJECTS, write_rows

ZONES = ["Europe/Berlin", "America/New_York", "America/Havana", "Asia/Kolkata", "UTC"]
moments = st.sampled_from(MOMENTS)
zones = st.sampled_from([ZoneInfo(zone) for zone in ZONES])
# Made once: what is made within a draw is examined anew at each.
TREES = {name: trees(subject) for name, subject in SUBJECTS.items()}
CONDITIONS = {name: conditions(subject=subject) for name, subject in SUBJECTS.items()}
# The rows are only read, so all examples of a test may share them.
reads_only = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=SUBJECTS)
def rows(db, request):
    """(object type, its records, the values of each by id)."""
    write_rows()
    subject = SUBJECTS[request.param]
    records = subject.model._default_manager.all()
    return request.param, records, {record.pk: subject.values(record) for record in records}


def assert_same_rows(tree, *, rows, at, zone):
    object_type, records, values = rows
    chosen = filters.parse(tree, object_type=object_type)
    records_in_python = {pk: filters.Matching(row, at=at, zone=zone) for pk, row in values.items()}
    by_hand = {pk for pk, one in records_in_python.items() if one.fits(chosen)}

    found = records.filter(filters.compile(chosen, at=at, zone=zone))

    assert sorted(found.values_list("pk", flat=True)) == sorted(by_hand)


@reads_only
@given(st.data(), moments, zones)
def test_any_tree_chooses_the_same_rows(rows, data, at, zone):
    tree = data.draw(TREES[rows[0]])

    assert_same_rows(tree, rows=rows, at=at, zone=zone)


@reads_only
@given(st.data(), moments, zones)
def test_a_condition_and_its_opposite_share_no_row_and_leave_out_none(rows, data, at, zone):
    object_type, records, values = rows
    tree = data.draw(CONDITIONS[object_type])

    counts = [
        records.filter(
            filters.compile(filters.parse(asked, object_type=object_type), at=at, zone=zone)
        ).count()
        for asked in (tree, {"not": tree})
    ]

    assert sum(counts) == len(values)


def test_each_value_of_each_condition_chooses_the_same_rows(rows):
    """Not left to chance: every text, number and day, by every comparison that takes one."""
    subject = SUBJECTS[rows[0]]
    for asked_field in subject.fields:
        for op in filters.OPERATORS[asked_field.kind]:
            for value in subject.asked[asked_field.kind]:
                tree = {"field": filters.key_of(asked_field), "op": op, "value": value}
                try:
                    filters.parse(tree, object_type=rows[0])
                except BadFilter:
                    continue
                assert_same_rows(tree, rows=rows, at=MOMENTS[60], zone=ZoneInfo("Europe/Berlin"))
