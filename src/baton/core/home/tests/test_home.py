import re

import pytest

from baton.core.access.roles import Role
from baton.core.facts.models import Cursor
from baton.core.home import slots, views
from baton.core.home.queries import MANY, happens_much
from baton.core.home.slots import OWNERS, SELLERS, Counts, HomeBlock, HomePlace, home_blocks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def no_blocks(monkeypatch):
    monkeypatch.setattr(home_blocks, "_items", [])


def block(name, **over):
    home_blocks.add(HomeBlock(name=name, render=lambda request: f"block-{name}.", **over))


def shown(answer):
    return re.findall(r"block-(\w+)\.", answer.content.decode())


def test_home_shows_the_blocks_of_the_role_in_their_order(signed_in, rep, admin):
    block("second", order=20)
    block("first", order=10, roles=SELLERS)
    block("side", order=1, place=HomePlace.SIDE)
    block("top", order=99, place=HomePlace.TOP, roles=OWNERS)

    assert shown(signed_in(rep).get("/")) == ["first", "second", "side"]
    assert shown(signed_in(admin).get("/")) == ["top", "second", "side"]


def test_home_shows_only_what_the_role_may_open(signed_in, rep, admin):
    block("keys", permission="settings.manage")

    assert shown(signed_in(rep).get("/")) == []
    assert shown(signed_in(admin).get("/")) == ["keys"]


def test_home_without_anything_to_show_says_what_will_be_here(signed_in, rep):
    home_blocks.add(HomeBlock(name="silent", render=lambda request: ""))

    assert "What waits for you appears here." in signed_in(rep).get("/").content.decode()


def test_every_role_has_a_day():
    groups = (slots.SELLERS, slots.MARKETERS, slots.MANAGERS, slots.OWNERS, slots.LOOKERS)

    assert sorted(role for group in groups for role in group) == sorted(Role)


def test_what_counts_comes_after_the_page_where_much_happens(signed_in, rep, monkeypatch):
    block("quick")
    block("slow", counts=Counts(title="Slow figures", desk=242, phone=342))
    client = signed_in(rep)

    assert shown(client.get("/")) == ["quick", "slow"]

    monkeypatch.setattr(views, "happens_much", lambda: True)
    page = client.get("/")

    assert shown(page) == ["quick"]
    assert 'hx-get="/day/slow/"' in page.content.decode()
    html = page.content.decode()
    assert "<h2>Slow figures</h2>" in html
    kept = re.findall(r'class="promised-(\w+)" width="1" height="(\d+)"', html)
    assert kept == [("desk", "164"), ("phone", "264")]
    assert client.get("/day/slow/", HTTP_HX_REQUEST="true").content == b"block-slow."
    alone = client.get("/day/slow/")
    assert (shown(alone), b"<title>" in alone.content) == (["slow"], True)


def test_block_of_another_role_is_not_found(signed_in, rep):
    block("owners", roles=OWNERS)

    assert signed_in(rep).get("/day/owners/").status_code == 404


def test_much_happens_from_so_many_facts_on():
    line, _made = Cursor.objects.get_or_create(name=Cursor.LINE)
    line.position = MANY - 1
    line.save()
    assert not happens_much()

    line.position = MANY
    line.save()
    assert happens_much()
