import pytest

from baton.core import filters
from baton.core.filters.rows import FilterRows

TASK = {"field": "job.task", "op": "contains", "value": "mail"}
TRIES = {"field": "job.attempt", "op": "between", "value": ["1", "7"]}


def rows_for(data=None, **over):
    return FilterRows(data, object_type="job", **over)


def typed(*rows, join="all"):
    data = {"join": join}
    for place, row in enumerate(rows):
        data |= dict(
            zip((f"row-{place}-{part}" for part in ("field", "op", "value")), row, strict=True)
        )
    return data


@pytest.mark.parametrize(
    "tree",
    [
        None,
        {"all": [TASK]},
        {"any": [TASK, TRIES]},
        {"all": [{"field": "job.task", "op": "is_set"}]},
        {"all": [{"field": "job.due_at", "op": "in_last_days", "value": 30}]},
    ],
)
def test_tree_survives_the_form(tree):
    shown = rows_for(tree=tree)
    data = {"join": shown.chosen_join}
    for row in shown.forms:
        data |= {f"{row.prefix}-{name}": row.initial[name] for name in ("field", "op", "value")}

    rows = rows_for(data, tree=tree)

    assert rows.is_valid()
    assert rows.tree() == tree


def test_choices_are_typed_by_name_and_kept_by_key():
    rows = rows_for(typed(("job.queue", "in", "Mail, slow lane")))

    assert rows.is_valid()
    tree = rows.tree()
    assert tree == {"all": [{"field": "job.queue", "op": "in", "value": ["mail", "slow"]}]}
    assert len(filters.parse(tree, object_type="job").conditions) == 1
    assert rows_for(tree=tree).forms[0].initial["value"] == "Mail, Slow lane"


def test_tree_that_rows_cannot_say_stays_as_it_is():
    tree = {"all": [TASK, {"not": TASK}]}

    rows = rows_for(typed(("job.task", "is", "x")), tree=tree)

    assert rows.is_kept
    assert rows.is_valid()
    assert rows.tree() == tree


def test_fields_left_out_cannot_be_chosen():
    rows = rows_for(typed(("job.attempt", "over", "5")), without={"job.attempt"})

    assert not rows.is_valid()


@pytest.mark.parametrize(
    "tree",
    [
        {"all": [{"field": "person.country", "op": "is", "value": "NO"}] * 13},
        {"field": "person.country", "op": "in", "value": ["Korea, Republic of", "NO"]},
    ],
)
def test_tree_that_rows_would_cut_stays_as_it_is(tree):
    rows = FilterRows({}, tree=tree)

    assert rows.is_kept
    assert rows.tree() == tree
