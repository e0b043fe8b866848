import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.marketing.campaigns.tests.factories import a_cost
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
NAMES = ("Lena Fischer", "Paul Weber", "Big deal")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT + DAY, tick=False):
        yield


@pytest.fixture
def story(rep):
    """Lena came today and was handed over, Paul a week ago; a deal was won."""
    a_default_pool(rep)
    lena = a_lead(full_name="Lena Fischer", at=AT)
    a_handoff(person=lena, at=AT)
    a_lead(full_name="Paul Weber", at=AT - 7 * DAY)
    a_deal(lena, state="won", amount=12_000, name="Big deal", closed_at=AT)
    a_cost()


def links(page):
    """Label -> value and address of the figures in rows of figures."""
    found = re.findall(
        r"<dt>(?:<abbr[^>]*>)?([^<]*)(?:</abbr>)?</dt>"
        r'<dd><a class="figure" href="([^"]*)">([^<]*)</a>',
        page,
    )
    return {label: (value, unescape(href)) for label, href, value in found}


def behind(browser, address):
    return [name for name in NAMES if name in browser.get(address).content.decode()]


def test_owner_sees_the_loop_in_one_row_and_who_is_behind_it(signed_in, admin, story):
    browser = signed_in(admin)
    shown = links(browser.get("/").content.decode())

    loop = {label: shown[label] for label in ("Leads", "MQLs", "Won", "Revenue", "Cost")}
    assert {label: value for label, (value, _address) in loop.items()} == {
        "Leads": "2",
        "MQLs": "1",
        "Won": "1 deal",
        "Revenue": "€12k",
        "Cost": "€300",  # three days of March
    }
    assert {label: behind(browser, address) for label, (_value, address) in loop.items()} == {
        "Leads": ["Lena Fischer", "Paul Weber"],
        "MQLs": ["Lena Fischer"],
        "Won": ["Big deal"],
        "Revenue": ["Big deal"],
        "Cost": [],
    }


def test_marketer_sees_this_week_beside_the_same_days_before(signed_in, marketer, story):
    browser = signed_in(marketer)
    page = browser.get("/").content.decode()
    weeks = page[page.index("beside the same days before") :]
    rows = re.findall(r'href="(/insight/closed-loop/people/[^"]*)">(\d+)<', weeks)

    assert [count for _address, count in rows] == ["1", "1", "0", "0"]
    assert [behind(browser, unescape(address)) for address, _count in rows[:2]] == [
        ["Lena Fischer"],
        ["Paul Weber"],
    ]


def test_viewer_sees_the_loop_and_nothing_to_do(signed_in, story):
    viewer = create_user(name="Vera", role=Role.VIEWER, email="vera@fennmark.example")

    page = signed_in(viewer).get("/").content.decode()

    assert links(page)["Leads"][0] == "2"
    assert "Tasks" not in page.partition("<main")[2]
