"""What is left of a state when columns, orders and filters are gone."""

import pytest

from baton.core.saved.honouring import honoured
from baton.core.saved.rules import pairs_of, state_of
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing

JOBS = Listing(
    name="jobs",
    columns=(
        Column(name="task", label="Task", sort="task"),
        Column(name="due", label="Due", kind="when", sort="due_at"),
        Column(name="queue", label="Queue"),
    ),
    order="task",
    empty=Empty(text="No job waits."),
    search=lambda jobs, text: jobs,
    filters=(
        Filter(name="state", label="State", knows={"open", "done"}.__contains__),
        Filter(name="owner", label="Owner"),
    ),
    groupings=(
        Grouping(name="queue", label="Queue", field="queue", named=lambda values: {}, empty="–"),
    ),
)


@pytest.mark.parametrize(
    ("pairs", "state"),
    [
        ([("sort", "due"), ("owner", "a b")], "owner=a+b&sort=due"),
        ([("sort", "due"), ("after", "x"), ("before", "y"), ("saved", "z"), ("q", "")], "sort=due"),
        ([("deal", "x"), ("more", "y"), ("column", "z"), ("was", "v")], ""),
        ([("q", "ä&=%\0")], "q=%C3%A4%26%3D%25%00"),
    ],
)
def test_state_is_the_address_without_places_in_the_list(pairs, state):
    assert state_of(pairs) == state
    assert state_of(pairs_of(state)) == state


@pytest.mark.parametrize(
    ("state", "left", "lost"),
    [
        ("owner=x&q=a&sort=-due&state=open", "owner=x&q=a&sort=-due&state=open", []),
        ("sort=queue", "", ["the order"]),
        ("sort=-gone", "", ["the order"]),
        ("state=gone", "", ["the filter State"]),
        ("former=1&other=2", "", ["a filter"]),
        ("cols=task%2Cgone%2Cqueue", "cols=task%2Cqueue", ["a column"]),
        ("cols=gone", "", ["a column"]),
        ("closed=a&closed=b&group=queue", "closed=a&closed=b&group=queue", []),
        ("group=gone", "", ["the groups"]),
        ("density=compact", "density=compact", []),
        ("density=huge&owner=x", "owner=x", ["a filter"]),
    ],
)
def test_list_follows_what_it_knows_and_names_the_rest(state, left, lost):
    found = honoured(pairs_of(state), JOBS)

    assert (found.state, [str(words) for words in found.lost]) == (left, lost)
