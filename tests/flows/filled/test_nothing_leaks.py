"""Somebody who attacks what is hidden: follows every link, and asks by the hidden fields."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from baton.core.access.actions import create_api_key
from baton.core.access.models import User
from baton.records.people.models import Person
from baton.sales.deals.models import Deal
from tests.flows.acts import Desk
from tests.flows.catalogue import Catalogue
from tests.flows.doors import screens
from tests.flows.house import House
from tests.flows.limited import HIDEABLE, NUMBER, limited_house, tells
from tests.flows.walking import Walk

pytestmark = pytest.mark.django_db
EACH = 2  # records that are tried at an address
LISTS = {"person": "/people/", "company": "/people/companies/", "deal": "/deals/?as=table&view=all"}


@pytest.fixture(scope="module")
def limited(story) -> House:
    return limited_house(story)


def _key(user: User) -> Client:
    _row, secret = create_api_key(user=user, name="tests")
    return Client(headers={"authorization": f"Bearer {secret}"})


def _asked() -> list[str]:
    """Each list by each hidden field, in all ways that an address knows."""
    found = []
    for one in HIDEABLE:
        page = LISTS[one.object_type]
        for name in (one.name, *one.also):
            ways = [{"sort": f"-{name}", "cols": f"name,{name}"}, {"as": "board", "by": name}]
            ways += [{"group": name, "sum": "amount"}]
            found += [f"{page}{'&' if '?' in page else '?'}{urlencode(way)}" for way in ways]
    return found


def test_no_screen_and_no_link_tells_what_is_hidden(limited):
    known = Catalogue()
    doors = [path for door in screens() for path in door.paths(known, each=EACH)]
    walk = Walk(Desk(limited.teo).client, [*_asked(), *doors])

    told = [f"{address}: {words}" for address, page in walk.answers() if (words := tells(page))]

    assert told == []
    assert not walk.waiting, "it came to no end"
    assert walk.pages > len(doors) / 2
    seen_by_ada = Desk(limited.ada).client.get(f"/people/{Person.objects.earliest('pk').key}/")
    assert tells(seen_by_ada.content) != []


def test_answer_to_a_form_tells_those_alone_who_may_see(limited):
    deal = Deal.objects.visible_to(limited.teo).filter(owner=limited.teo, lines=None).first()
    assert deal
    for user, is_told in ((limited.ada, True), (limited.teo, False)):
        answer = Desk(user).client.post(
            f"/deals/{deal.key}/edit/close_on/",
            {"close_on": "no day"},
            headers={"HX-Request": "true"},
        )
        assert bool(tells(answer.content)) is is_told, answer.status_code


@pytest.mark.parametrize("compared", ["gt", "lt"])
def test_nobody_learns_an_amount_by_asking_for_it(limited, compared):
    """A filter by it, in a list and over the API, finds no other deals than without."""
    found = []
    for value in (NUMBER - 1, NUMBER + 1):
        tree = json.dumps({"all": [{"field": "deal.amount", "op": compared, "value": value}]})
        page = Desk(limited.teo).client.get(
            "/deals/", {"as": "table", "view": "all", "filter": tree}
        )
        keys = [
            str(deal.key) for deal in Deal.objects.all() if str(deal.key) in page.content.decode()
        ]
        api = _key(limited.teo).get("/api/v1/deals/", {"filter": tree})
        found.append((keys, api.status_code))
    assert found[0] == found[1]


def test_nobody_learns_an_amount_by_guessing_it(limited):
    """What is sent is refused before anything is compared: the right guess as the wrong one."""
    client = _key(limited.teo)
    deal = Deal.objects.filter(owner=limited.teo, state="open", lines=None).first()
    assert deal
    answers = [
        (
            client.patch(
                f"/api/v1/deals/{deal.key}/",
                json.dumps({"version": deal.version, "amount": str(guess)}),
                "application/json",
            ),
            client.post(
                f"/api/v1/deals/{deal.key}/win/",
                json.dumps({"amount": str(guess), "reason": "price"}),
                "application/json",
            ),
        )
        for guess in (NUMBER, NUMBER + 1)
    ]
    for right, wrong in zip(*answers, strict=True):
        assert right.status_code == wrong.status_code >= 400
        assert right.content == wrong.content
        assert "You do not see this field" in right.content.decode()


def test_nobody_learns_over_the_api_whose_a_deal_is(limited):
    """A list narrowed by the owner would say it."""
    found = [
        _key(user).get("/api/v1/deals/", {"owner": str(limited.teo.key)})
        for user in (limited.teo, limited.ada)
    ]
    assert [answer.status_code for answer in found] == [422, 200]
    assert "you do not see" in found[0].json()["detail"]


def test_nobody_learns_by_the_team_whose_a_deal_is(limited):
    """The switch above the list is not there, and its address says no more than without."""
    pages = []
    for whose in ("all", "team"):
        asked = {"as": "table", "view": "all", "whose": whose}
        page = Desk(limited.teo).client.get("/deals/", asked).context
        pages.append([row.url for row in page["list"].rows])
        assert [value for value, _words in page["whose"]] == ["mine", "all"]
    assert pages[0] == pages[1] != []
