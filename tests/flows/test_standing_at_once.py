"""Pages that count whole periods stand at once in a large house, and ask for themselves."""

import re
from html import unescape

import pytest

from baton.core.home import following

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PAGES = (
    *("/leads/agreement/", "/leads/agreement/kept/", "/leads/quality/?by=person&months=3"),
    *("/insight/last-year/", "/insight/velocity/", "/insight/goals/?unit=year"),
    *("/insight/improvements/", "/traffic/"),
)
ASKED_FOR = re.compile(
    r'hx-get="([^"]+)" hx-trigger="load, again" hx-swap="outerHTML" hx-target="#main"'
)
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
NOISE = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|\d\d:\d\d(:\d\d)?')


@pytest.mark.parametrize("address", PAGES)
def test_page_of_a_large_house_asks_for_itself_and_says_the_same(
    signed_in, admin, monkeypatch, address
):
    client = signed_in(admin)
    page = client.get(address)
    plain, sheets = main_of(page), set(SHEET.findall(page.content.decode()))
    monkeypatch.setattr(following, "happens_much", lambda: True)

    bare = client.get(address).content.decode()
    [url] = ASKED_FOR.findall(bare)
    whole = client.get(unescape(url), headers={"HX-Request": "true"})

    assert "Being counted" in bare
    assert sheets <= set(SHEET.findall(bare))  # what follows brings none along
    assert unescape(url).startswith(address)
    assert main_of(whole) == plain
    assert whole.content.startswith(b"<main")
    assert whole.content.endswith(b"</main>")


def main_of(page):
    return NOISE.sub("", page.content.decode().partition('id="main"')[2].partition("</main>")[0])
