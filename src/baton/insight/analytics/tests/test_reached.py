"""What SQL says of who reached which step, against the rule that says it in Python."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.insight.analytics.queries import Cell, Question, people_in
from baton.insight.analytics.tests.factories import a_deal_in, a_stage
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Stage, reached
from baton.records.people.models import Person
from baton.records.people.rules import Origin
from baton.records.people.tests.factories import AT
from baton.sales.deals.models import StageEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
COLUMNS = {
    "mqls": Stage.MQL,
    "sals": Stage.SAL,
    "sqls": Stage.SQL,
    "opportunities": Stage.OPPORTUNITY,
    "won": Stage.CUSTOMER,
}
moves = st.tuples(
    st.sampled_from(Stage),
    st.integers(0, 30),  # days after the first
    st.booleans(),  # back
    st.sampled_from(["lifecycle.moved", "purchase.made", "deal.won", "import"]),
)
deals = st.lists(st.sampled_from(["open", "won", "lost", "undone"]), max_size=2)
histories = st.tuples(
    st.sampled_from(Origin),
    st.lists(moves, max_size=6, unique_by=lambda move: move[:3]),
    deals,
)


def is_self_serve(history):
    """All that made them a customer was a purchase, and nobody sold to them."""
    forward = [(stage, cause) for stage, _days, is_back, cause in history if not is_back]
    bought = [cause for stage, cause in forward if stage == Stage.CUSTOMER]
    sold_to = any(stage in {Stage.SQL, Stage.OPPORTUNITY} for stage, _cause in forward)
    return bool(bought) and set(bought) == {"purchase.made"} and not sold_to


def is_win_undone(history, deals):
    """All that made them a customer were deals, or a file that told of some, and none is won."""
    causes = {cause for stage, _, back, cause in history if stage == Stage.CUSTOMER and not back}
    stands = causes - {"deal.won"} - ({"import"} if "undone" in deals else set())
    return "won" not in deals and not stands


def expected(people):
    """By column: who reached it, and who of them only by inference."""
    found: dict[str, tuple[set[int], set[int]]] = {column: (set(), set()) for column in COLUMNS}
    for number, (origin, history, deals) in people.items():
        stages = {stage for stage, _days, is_back, _cause in history if not is_back}
        there = reached(
            {Stage.LEAD, *stages},
            origin=origin,
            is_self_serve=is_self_serve(history),
            is_win_undone=is_win_undone(history, deals),
        )
        for column, stage in COLUMNS.items():
            if stage in there:
                found[column][0].add(number)
            if stage in there.inferred:
                found[column][1].add(number)
    return found


def store(people):
    Person.objects.bulk_create(
        Person(pk=number, full_name="Jo", sort_key="jo", origin=origin, lead_at=AT)
        for number, (origin, *_rest) in people.items()
    )
    StageChange.objects.bulk_create(
        StageChange(
            person_id=number,
            to_stage=stage,
            at=AT + timedelta(days=days),
            is_back=is_back,
            cause=cause,
        )
        for number, (_origin, history, _deals) in people.items()
        for stage, days, is_back, cause in history
    )
    stages = {kind: a_stage(kind) for kind in ("open", "won", "lost")}
    for number, (*_rest, deals) in people.items():
        for kind in deals:
            state = "lost" if kind == "undone" else kind
            deal = a_deal_in(stages[state], person_id=number)
            if kind == "undone":
                StageEntry.objects.create(deal=deal, stage=stages["won"], entered_at=AT, left_at=AT)


def behind(column, *, only):
    cell = Cell(column=column, only=only)
    found = Person.objects.filter(pk__in=people_in(Question(), cell))
    return set(found.values_list("pk", flat=True))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(histories, min_size=8, max_size=20))
def test_sql_agrees_with_the_rule_on_who_reached_what(lives):
    people = dict(enumerate(lives, start=1_000))

    with transaction.atomic():
        store(people)
        told = {
            column: (
                behind(column, only=""),
                behind(column, only="inferred"),
            )
            for column in COLUMNS
        }
        transaction.set_rollback(True)

    assert told == expected(people)
