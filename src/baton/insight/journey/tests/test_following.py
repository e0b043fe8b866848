"""Where much is known, the page stands at once, and its map follows."""

import re
from html import unescape

import pytest

from baton.insight.journey.views import pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/insight/journey/"


def test_map_of_a_large_house_follows_its_page_and_says_the_same(signed_in, admin, monkeypatch):
    monkeypatch.setattr(pages, "happens_much", lambda: True)
    monkeypatch.setattr(pages, "journey_of", lambda *_asked, **_who: pytest.fail("was counted"))
    client = signed_in(admin)
    bare = client.get(f"{URL}?days=30").content.decode()
    monkeypatch.undo()

    [url] = re.findall(r'hx-get="([^"]+)"', bare)
    part = client.get(unescape(url), headers={"HX-Request": "true"}).content.decode().strip()

    assert "Being counted" in bare
    assert 'class="tile-head"' not in bare  # the page has a title, what waits needs no second
    assert "Which product fits us" not in bare
    assert "days=30" in url
    assert part.partition("<ol")[2] in client.get(f"{URL}?days=30").content.decode()
