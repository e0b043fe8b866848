import json
import re
from base64 import urlsafe_b64decode
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
import time_machine

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.fields.actions import limit_field
from baton.sales.deals.actions import win_deal
from baton.sales.deals.queries import board
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def deals(rep, colleague):
    """Teo's: one won, one that closes this month, one without a next step; and one of Nora's."""
    won = a_deal(owner=rep, name="Won one", amount=Decimal(3_000))
    win_deal(deal=won, by=rep, at=AT)
    a_deal(owner=rep, name="Closing one", next_step="Call", close_on=date(2026, 3, 20))
    a_deal(owner=rep, name="Stepless one", close_on=date(2026, 6, 1))
    a_deal(owner=colleague, name="Of Nora", next_step="Call")


NAMES = ("Won one", "Closing one", "Stepless one", "Of Nora")


def home(browser):
    return browser.get("/").content.decode()


def figures(page):
    """Label -> value and address."""
    found = re.findall(
        r"<dt>(?:<abbr[^>]*>)?([^<]*)(?:</abbr>)?</dt>"
        r'<dd><a class="figure" href="([^"]*)">([^<]*)</a>',
        page,
    )
    return {label: (value, unescape(href)) for label, href, value in found}


def test_month_of_a_rep_opens_the_deals_that_it_counts(signed_in, rep, deals):
    browser = signed_in(rep)
    shown = figures(home(browser))
    behind = {
        label: [name for name in NAMES if name in browser.get(href).content.decode()]
        for label, (_value, href) in shown.items()
    }

    assert {label: value for label, (value, _href) in shown.items()} == {
        "Won this month": "€3k",
        "Can close this month": "€10k",
        "Open pipeline": "€20k",
        "No next step": "1",
    }
    assert behind == {
        "Won this month": ["Won one"],
        "Can close this month": ["Closing one"],
        "Open pipeline": ["Closing one", "Stepless one"],
        "No next step": ["Stepless one"],
    }


def test_what_was_won_before_this_month_is_left_out(signed_in, rep):
    won = a_deal(owner=rep, at=AT - timedelta(days=40))
    win_deal(deal=won, by=rep, at=AT - timedelta(days=2))

    assert figures(home(signed_in(rep)))["Won this month"][0] == "€0"


def test_rep_sees_the_deals_that_need_them_the_most_pressing_first(signed_in, rep, colleague):
    a_deal(owner=rep, name="No step", amount=Decimal(90_000))
    a_deal(owner=rep, name="Overdue", next_step="Call", close_on=date(2026, 2, 27))
    a_deal(owner=rep, name="Fine", next_step="Call", close_on=date(2026, 5, 1))
    a_deal(owner=colleague, name="Of Nora")

    page = home(signed_in(rep))

    assert re.findall(r"No step,|Overdue,|Fine,|Of Nora,", page) == ["Overdue,", "No step,"]


def test_manager_sees_the_largest_deals_at_risk_and_the_stages(signed_in, rep, north, deals):
    boss = create_user(name="Sam", role=Role.SALES_MANAGER, email="s@fennmark.example", team=north)
    a_deal(owner=rep, name="Large one", amount=Decimal(90_000))

    page = home(signed_in(boss))

    assert "Deals at risk" in page
    assert re.findall(r"Large one,|Stepless one,", page) == ["Large one,", "Stepless one,"]
    assert "€120k" in page
    assert "4 deals" in page


def test_who_has_no_deals_is_led_on(signed_in, rep):
    assert "No open deal needs you now." in home(signed_in(rep))


def test_deals_on_home_cost_the_same_however_many_there_are(
    signed_in, rep, deals, django_assert_max_num_queries
):
    browser = signed_in(rep)
    with django_assert_max_num_queries(60) as few:
        home(browser)
    for number in range(4):
        a_deal(owner=rep, name=f"Further {number}")

    with django_assert_max_num_queries(len(few)):
        page = home(browser)

    assert "Further 3" in page


def test_no_order_view_or_cursor_tells_what_is_hidden(signed_in, rep, deals, admin, monkeypatch):
    a_deal(owner=rep, name="Late one", close_on=date(2026, 3, 1), amount=Decimal(90_000))
    for name in ("close_on", "next_step", "amount"):
        values = {"hidden_for": [rep.role]}
        limit_field(object_type="deal", name=name, values=values, by=admin, at=AT)
    monkeypatch.setattr(board, "CARDS", 2)
    browser = signed_in(User.objects.get(pk=rep.pk))

    page = browser.get("/deals/?view=closing").content.decode()
    begun = home(browser)

    assert re.findall(r'"card-context">(\w+ one)', page)[:2] == [
        "Closing one",
        "Stepless one",
    ]
    (cursor,) = set(re.findall(r"after=(\w+)", page))
    assert [type(part) for part in json.loads(urlsafe_b64decode(f"{cursor}=="))] == [str, int, str]
    assert "2026" not in urlsafe_b64decode(f"{cursor}==").decode()
    assert "Closing this month" not in page
    assert "No next step" not in page + begun
    assert figures(begun).keys() == {"Won this month", "Open pipeline"}
    assert "Late one" not in begun
