"""What an answer brings about: a task and a notice, and a reason in the health."""

from datetime import timedelta

import pytest

from baton.core.notices.models import Notice
from baton.records.timeline.models import Task
from baton.sales.customers.actions import answer_survey
from baton.sales.customers.tests.factories import AT, a_customer, a_survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


@pytest.fixture
def customer(rep):
    return a_customer(by=rep, owner=rep)


def _answer(customer, score, kind="nps", at=AT):
    survey = a_survey(customer, kind=kind, at=at)
    answer_survey(survey_id=survey.pk, score=score, comment="", at=at)
    return survey


@pytest.mark.parametrize(
    ("kind", "score", "is_owed"),
    [("nps", 6, True), ("nps", 7, False), ("csat", 2, True), ("csat", 3, False)],
)
def test_owner_hears_of_who_is_not_content_and_owes_them_a_call_once(
    customer, rep, run_background, kind, score, is_owed
):
    run_background()
    survey = _answer(customer, score, kind)
    run_background()
    answer_survey(survey_id=survey.pk, score=score, comment="Still", at=AT + timedelta(hours=1))

    tasks = list(Task.objects.filter(owner=rep, person=survey.person))
    assert len(tasks) == is_owed
    assert all(str(survey.person) in one.title and one.due_at for one in tasks)
    assert Notice.objects.filter(user=rep, kind="survey.answered").count() == is_owed


def test_last_nps_counts_in_the_health(customer):
    def health():
        customer.refresh_from_db()
        return customer.health, customer.reasons

    _answer(customer, 5, at=AT - 2 * DAY)
    assert health() == ("amber", "nps:amber:5")
    _answer(customer, 1, at=AT - DAY)
    assert health() == ("red", "nps:red:1")
    _answer(customer, 8)
    assert health() == ("green", "")
