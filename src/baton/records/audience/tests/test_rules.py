import pytest

from baton.records.audience.rules import Row, Rows, clean_lines, rows_of, tree_of

KINDS = {"person.owner": "relation", "person.score": "number", "person.job_title": "text"}


@pytest.mark.parametrize(
    ("row", "condition"),
    [
        (Row("person.job_title", "contains", " energy "), {"value": "energy"}),
        (Row("person.job_title", "in", "Buyer, Chief"), {"value": ["Buyer", "Chief"]}),
        (Row("person.job_title", "is_set", "ignored"), {}),
        (Row("person.score", ">", "70"), {"value": "70"}),
        (Row("person.score", "between", "1, 5"), {"value": ["1", "5"]}),
        (Row("person.owner", "is", "7"), {"value": 7}),
        (Row("person.lead_at", "in_last_days", "30"), {"value": 30}),
    ],
)
def test_row_of_the_form_becomes_a_condition(row, condition):
    assert tree_of(Rows("all", [row]), kinds=KINDS) == {
        "all": [{"field": row.field, "op": row.op, **condition}]
    }


def test_rows_come_back_as_they_were_written():
    rows = [
        Row("person.job_title", "in", "Buyer, Chief"),
        Row("person.owner", "is", "7"),
        Row("person.job_title", "is_set"),
    ]

    for join in ("all", "any"):
        assert rows_of(tree_of(Rows(join, rows), kinds=KINDS)) == Rows(join, rows)


def test_no_rows_are_no_rule():
    assert tree_of(Rows("all", [Row(), Row(field="person.score")]), kinds=KINDS) is None
    assert rows_of(None) == Rows()


@pytest.mark.parametrize("tree", [{"not": {}}, {"all": [{"not": {}}]}, {"field": "person.score"}])
def test_filter_that_is_more_than_rows_cannot_be_shown_as_rows(tree):
    assert rows_of(tree) is None


def test_lines_are_tidied_and_told_once():
    assert clean_lines([" Saves  time ", "", "Saves time", "Cuts cost"]) == [
        "Saves time",
        "Cuts cost",
    ]
