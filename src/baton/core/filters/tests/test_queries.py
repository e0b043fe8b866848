"""What the compiled query looks like, and that large ones run."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from baton.core import filters
from baton.core.facts.models import FactRecord
from baton.core.filters import Condition, Filter, Op
from baton.core.filters.tests.subjects import write_rows
from baton.core.jobs.models import Job
from baton.core.offers import FieldKind, FilterField

NOON, ZONE = datetime(2024, 4, 1, 10, tzinfo=UTC), ZoneInfo("Europe/Berlin")


def found(tree, *, model=Job, object_type="job"):
    chosen = filters.parse(tree, object_type=object_type)
    return model._default_manager.filter(filters.compile(chosen, at=NOON, zone=ZONE))


@pytest.mark.django_db
def test_a_filter_without_conditions_finds_everything():
    write_rows()

    assert found({"all": []}).count() == Job.objects.count() > 0


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["all", "any"])
def test_the_largest_filter_runs(group):
    few = {"field": "job.task", "op": "in", "value": [str(number) for number in range(10)]}
    window = {"field": "job.due_at", "op": "in_last_days", "value": 7}

    assert not found({group: [few, window] * 100}).exists()


@pytest.mark.django_db
def test_a_filter_is_one_query_whatever_it_asks(django_assert_num_queries):
    write_rows()
    tree = {
        "any": [
            {"field": "fact.cause_name", "op": "contains", "value": "änne"},
            {"not": {"field": "fact.cause_depth", "op": ">", "value": 3}},
        ]
    }

    with django_assert_num_queries(1):
        list(found(tree, model=FactRecord, object_type="fact"))


@pytest.mark.django_db
def test_values_never_become_sql():
    write_rows()
    tree = {"field": "job.task", "op": "contains", "value": "'; DROP TABLE core_job; --"}

    assert not found(tree).exists()
    assert Job.objects.exists()


@pytest.mark.django_db
def test_a_date_field_that_is_none_is_a_mistake_of_its_module():
    task = FilterField(
        object_type="job", name="task", label="Task", kind=FieldKind.DATE, path="task"
    )
    chosen = Filter("job", Condition(task, Op.ON, (NOON.date(),)))

    with pytest.raises(TypeError, match="neither a date nor a time"):
        Job.objects.filter(filters.compile(chosen, at=NOON, zone=ZONE)).exists()
