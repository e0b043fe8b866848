"""The rows of a table, and what stands below it, are the whole."""

import pytest

from baton.insight.analytics.queries import LastYearQuestion, last_year
from baton.insight.analytics.tests.factories import a_lead
from baton.insight.analytics.tests.test_last_year import DAY, URL, an_activity
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]


def test_rows_of_speed_and_the_leads_beside_them_are_all_leads(rep, signed_in):
    for wait in (2, -3, -4):
        an_activity(a_lead(at=AT, owner=rep), at=AT + wait * DAY)
    a_lead(at=AT, owner=rep)

    page = signed_in(rep).get(URL)

    rows = [int(line.cells[0].words) for line in page.context["by_speed"].lines]
    assert (sum(rows), last_year(LastYearQuestion(user=rep)).total.leads) == (2, 4)
    assert "2 more leads have no speed: all that was done" in page.content.decode()
