"""Facts counted many at a time: the same figures, and as many questions as for two."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.core.facts.models import FactRecord
from baton.core.facts.numbering import number_facts, seat_subscribers
from baton.qualification.scoring import actions
from baton.qualification.scoring.models import ScorePart, ScoreState, Standing
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_live_model,
    an_engagement_rule,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
PART = ("value", "as_of", "half_life_days", "count", "latest_fact_id", "moments")


@pytest.mark.usefixtures("company")
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["demo", "guide"]), st.integers(0, 60)),
        min_size=2,
        max_size=12,
    )
)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_batch_gives_what_its_facts_give_one_by_one(told):
    with transaction.atomic():
        an_engagement_rule(name="Fades", match={"form_code": "demo"}, cap=90)
        an_engagement_rule(name="Ends", half_life_days=None, expires_days=30, points=7, cap=20)
        an_engagement_rule(name="Stays", half_life_days=None, points=-3)
        a_fit_rule()
        a_fit_rule(model=a_live_model(), points=5)
        people = [a_person(job_title=title) for title in ("Head of plants", "Clerk", "Head")]
        for who, code, days in told:
            a_form_sent(people[who], form_code=code, happened_at=AT - timedelta(days=days))
        seat_subscribers()
        number_facts()
        facts = [row.as_fact() for row in FactRecord.objects.order_by("position")]

        found = [
            figures_after(lambda: actions.score_facts(facts=facts, at=AT)),
            figures_after(lambda: [actions.score_facts(facts=[one], at=AT) for one in facts]),
        ]

        assert found[0] == found[1]
        assert found[0][0]
        transaction.set_rollback(True)


def figures_after(work):
    """What stands when that is done; then it is undone."""
    with transaction.atomic():
        work()
        found = [
            list(Person.objects.order_by("pk").values_list("fit", "engagement", "score", "grade")),
            list(ScorePart.objects.order_by("person", "rule").values_list(*PART)),
            list(ScoreState.objects.order_by("person").values_list("position", "recheck_at")),
            list(Standing.objects.order_by("person").values_list("model", "score", "grade")),
        ]
        transaction.set_rollback(True)
    return found


def test_batch_asks_as_often_however_many_people_it_moves(django_assert_num_queries):
    an_engagement_rule()
    a_fit_rule()
    many = [a_form_sent(a_person(job_title="Head of plants")) for _ in range(40)]
    created = [row.as_fact() for row in FactRecord.objects.filter(name="person.created")]
    seat_subscribers()
    number_facts()
    with CaptureQueriesContext(connection) as asked:
        actions.score_facts(facts=[*created[:2], *many[:2]], at=AT)

    with django_assert_num_queries(len(asked)):
        actions.score_facts(facts=[*created[2:], *many[2:]], at=AT)

    assert set(Person.objects.values_list("score", flat=True)) == {60}
