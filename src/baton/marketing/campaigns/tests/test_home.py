import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine

from baton.marketing.campaigns.actions import Coming, enlist
from baton.marketing.campaigns.rules import Status
from baton.marketing.campaigns.tests.factories import AT, a_campaign, a_cost
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def home(browser):
    return browser.get("/").content.decode()


def came(name, *, days_ago=1, **over):
    """Somebody came with the code of the fair."""
    person, at = a_person(full_name=name, **over), AT - timedelta(days=days_ago)
    enlist(comings=[Coming(person_id=person.pk, code="fair", status=Status.REACHED, at=at)])


def test_home_shows_what_runs_and_whom_it_brought_lately(signed_in, marketer):
    fair = a_campaign(name="Fair", code="fair", starts_on=date(2026, 2, 1))
    a_campaign(name="Autumn", starts_on=date(2026, 9, 1))
    a_campaign(name="Last year", ends_on=date(2025, 12, 31))
    a_cost(campaign=fair)
    came("Lead of it", campaign="FAIR")
    came("Reached only", campaign="other")
    came("Long ago", campaign="fair", days_ago=60)
    browser = signed_in(marketer)

    page = home(browser)
    found = re.findall(r'class="n-link" href="(/campaigns/[^"]*)">([^<]*)<', page)
    links = [unescape(link) for link, _figure in found]
    names = ("Lead of it", "Reached only", "Long ago")
    behind = [
        [name for name in names if name in browser.get(link).content.decode()] for link in links
    ]

    assert [name for name in ("Fair", "Autumn", "Last year") if name in page] == ["Fair"]
    assert behind == [["Lead of it", "Reached only"], ["Lead of it"], []]
    assert [figure for _link, figure in found] == ["2", "1", "€3.1k"]


def test_home_without_a_campaign_leads_on(signed_in, marketer):
    assert "No campaign runs today." in home(signed_in(marketer))


def test_campaigns_on_home_cost_the_same_however_many_run(
    signed_in, marketer, django_assert_max_num_queries
):
    browser = signed_in(marketer)
    a_campaign(code="fair")
    came("One")
    with django_assert_max_num_queries(60) as few:
        home(browser)
    for number in range(4):
        a_cost(campaign=a_campaign(name=f"Further {number}"))
        came(f"Further {number}")

    with django_assert_max_num_queries(len(few)):
        page = home(browser)

    assert [number for number in range(4) if f"Further {number}" not in page] == []
