"""Last year on its page: what it says of few, and of nobody."""

import pytest

from baton.core.home import following
from baton.insight.analytics.tests.factories import a_lead
from baton.insight.analytics.tests.test_last_year import DAY, URL, an_activity
from baton.insight.analytics.tests.test_screens import text_of
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]


def test_a_share_of_few_is_told_as_numbers_and_is_no_colour_that_wins(rep, signed_in):
    for number in range(12):
        won = {"customer": 5.0} if number in (0, 10) else {}
        lead = a_lead(owner=rep, at=AT, steps=won)
        an_activity(lead, at=AT + (DAY / 48 if number < 10 else 4 * DAY))

    bars = signed_in(rep).get(URL).context["speed"].bars

    told = {bar.name: (bar.words, bar.hue) for bar in bars}
    assert told["Within an hour"] == ("10.0\N{NO-BREAK SPACE}%", "green")
    assert told["Within a week"] == ("1 of 2", "gray")


def test_page_of_a_large_house_that_waits_says_its_title_once(rep, signed_in, monkeypatch):
    monkeypatch.setattr(following, "happens_much", lambda: True)

    page = signed_in(rep).get(URL).content.decode()

    assert "Being counted" in page
    assert 'class="tile-head"' not in page


def test_the_house_without_leads_says_what_comes_next(rep, signed_in):
    client = signed_in(rep)

    assert "Import contacts, deals and activities of your old CRM" in text_of(client.get(URL))
    a_lead(owner=rep)
    empty = text_of(client.get(f"{URL}?from=2020-01-01&to=2020-12-31"))
    assert "Nobody became a lead in these days." in empty
