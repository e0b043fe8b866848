"""Where much is known, the plan stands at once, and what is counted beside it follows."""

from html import unescape
from uuid import uuid4

import pytest

from baton.insight.plans.tests.factories import a_plan
from baton.insight.plans.views import pages
from baton.insight.plans.views.shown import COUNTED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def much_happens(monkeypatch):
    monkeypatch.setattr(pages, "happens_much", lambda: True)


@pytest.mark.usefixtures("much_happens")
def test_what_is_counted_follows_and_says_the_same(signed_in, admin):
    client, url = signed_in(admin), a_plan().get_absolute_url()

    bare = unescape(client.get(url).content.decode())
    whole = client.get(f"{url}?whole=1").content.decode()
    parts = [
        client.get(f"{url}part/{name}/", headers=HTMX).content.decode().strip() for name in COUNTED
    ]

    assert bare.count("Being counted") == len(COUNTED) == bare.count(f"{url}part/")
    assert "Being counted" not in whole
    titles = ("Targets", "What it assumes", "Capacity")
    assert [bare.count(f">{title}</h2>") for title in titles] == [1, 1, 1]
    assert [part in whole for part in parts] == [True] * len(COUNTED)


@pytest.mark.usefixtures("much_happens")
def test_plan_of_the_quarter_asks_nothing_of_what_follows(signed_in, admin, monkeypatch):
    plan = a_plan()
    monkeypatch.setattr(pages, "shown", None)

    page = signed_in(admin).get(f"/insight/plans/?on={plan.starts_on}")

    assert "Being counted" in page.content.decode()


def test_little_is_counted_with_the_page(signed_in, admin):
    page = signed_in(admin).get(a_plan().get_absolute_url())

    assert "Being counted" not in page.content.decode()


def test_browser_without_scripts_is_led_to_the_whole_plan(signed_in, admin):
    url = a_plan().get_absolute_url()

    found = signed_in(admin).get(f"{url}part/capacity/")

    assert (found.status_code, found.url) == (302, f"{url}?whole=1")


def test_part_that_is_none_is_not_found(signed_in, admin, client):
    url = a_plan().get_absolute_url()

    asked = [f"{url}part/weather/", f"/insight/plans/{uuid4()}/part/capacity/"]

    assert [signed_in(admin).get(one, headers=HTMX).status_code for one in asked] == [404, 404]
    assert client.get(f"{url}part/capacity/", headers=HTMX).status_code == 302
