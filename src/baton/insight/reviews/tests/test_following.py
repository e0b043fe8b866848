"""Where much is known, the page stands at once, and its agenda follows part by part."""

from html import unescape

import pytest
from django.utils import timezone

from baton.insight.reviews.actions import finish_review
from baton.insight.reviews.queries import titles
from baton.insight.reviews.tests.factories import a_point
from baton.insight.reviews.views import pages
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, a_rep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/insight/reviews/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def much_happens(monkeypatch):
    monkeypatch.setattr(pages, "happens_much", lambda: True)


@pytest.mark.usefixtures("much_happens")
def test_agenda_follows_part_by_part_and_says_the_same(signed_in, admin):
    a_default_pool(a_rep("Ann"))
    a_handoff(at=timezone.now())
    client = signed_in(admin)

    bare = unescape(client.get(URL).content.decode())
    whole = client.get(f"{URL}?whole=1").content.decode()
    parts = [
        client.get(f"{URL}section/{name}/", headers=HTMX).content.decode().strip()
        for name in titles()
    ]

    assert bare.count("Being counted") == len(titles()) == bare.count(f"{URL}section/")
    assert "Being counted" not in whole
    assert "MQLs handed over" not in bare
    assert any("MQLs handed over" in part for part in parts)
    assert [part in whole for part in parts] == [True] * len(parts)


@pytest.mark.usefixtures("much_happens")
def test_page_that_waits_for_its_agenda_asks_nothing_of_it(signed_in, admin, monkeypatch):
    monkeypatch.setattr(pages, "agenda_of", None)

    assert signed_in(admin).get(URL).status_code == 200


@pytest.mark.usefixtures("much_happens")
def test_agenda_that_was_kept_stands_in_the_page(signed_in, admin):
    a_point(day=timezone.now().date())
    agenda = [{"title": "As it was", "lines": []}]
    finish_review(day=timezone.now().date(), agenda=agenda, by=admin, at=timezone.now())

    page = signed_in(admin).get(URL).content.decode()

    assert "As it was" in page
    assert "Being counted" not in page


def test_little_is_counted_with_the_page(signed_in, admin):
    assert "Being counted" not in signed_in(admin).get(URL).content.decode()


def test_browser_without_scripts_is_led_to_the_whole_page(signed_in, admin):
    found = signed_in(admin).get(f"{URL}section/goals/?week=2026-03-04")

    assert (found.status_code, found.url) == (302, f"{URL}?week=2026-03-02&whole=1")


def test_part_that_is_none_is_not_found(signed_in, admin):
    assert signed_in(admin).get(f"{URL}section/weather/", headers=HTMX).status_code == 404


@pytest.mark.usefixtures("much_happens")
def test_part_tells_what_its_reader_may_see(signed_in, admin, outsider, client):
    a_default_pool(a_rep("Ann"))
    a_handoff(at=timezone.now())
    part = f"{URL}section/clocks/"

    everybodys = signed_in(admin).get(part, headers=HTMX).content.decode()
    theirs = signed_in(outsider).get(part, headers=HTMX).content.decode()

    assert ("what=handed" in everybodys, "what=handed" in theirs) == (True, False)
    assert client.get(part, headers=HTMX).status_code == client.get(URL).status_code == 302
