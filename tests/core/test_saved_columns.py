"""Which columns a list shows, in which order and how dense."""

import pytest
from django.urls import reverse

from baton.records.people.tests.factories import a_person
from tests.core.saved import PEOPLE, a_view, heads, opened

pytestmark = pytest.mark.django_db


def test_list_shows_the_chosen_columns_in_their_order(signed_in, rep):
    client = signed_in(rep)
    a_person(owner=rep)

    page = client.get(f"{PEOPLE}?cols=score,name,gone,stage,score&density=compact")

    assert heads(page) == ["name", "score", "stage"]
    assert 'class="list-table compact"' in page.content.decode()
    usual = heads(client.get(PEOPLE))
    assert heads(client.get(f"{PEOPLE}?cols=gone,&density=huge")) == usual
    assert len(usual) == 12
    assert heads(client.get(f"{PEOPLE}?cols=name")) == ["name"]
    assert heads(client.get(PEOPLE + page.context["list"].heads[1].url)) == [
        "name",
        "score",
        "stage",
    ]


def test_panel_of_columns_moves_hides_and_keeps_the_rest_of_the_address(signed_in, rep):
    view, client = a_view(rep, state="cols=name%2Cscore%2Cstage&q=a"), signed_in(rep)
    url = opened(client, view).context["views"].columns_url
    panel = client.get(url).context
    order = [column.name for column in panel["layout"].columns]
    assert (order[:2], len(order)) == (["score", "stage"], 22)
    sent = {
        "list": "people",
        "state": panel["state"],
        "saved": view.key,
        "order": order,
        "shown": ["score", "stage", "owner"],
        "density": "relaxed",
    }

    moved = client.get(reverse("saved:columns"), sent | {"move": "left:stage"}).context["layout"]
    front = client.get(reverse("saved:columns"), sent | {"move": "front:website"}).context["layout"]
    assert (front.columns[0].name, "website" in front.shown) == ("website", True)
    sent["order"] = [column.name for column in moved.columns]
    answer = client.get(reverse("saved:columns"), sent | {"apply": "yes"})

    asked = "cols=name%2Cstage%2Cscore%2Cowner&density=relaxed&q=a"
    assert answer["Location"] == f"{PEOPLE}?{asked}&saved={view.key}"
    assert heads(client.get(answer["Location"])) == ["name", "stage", "score", "owner"]


def test_usual_layout_says_nothing_in_the_address(signed_in, rep):
    client = signed_in(rep)
    usual = client.get(PEOPLE).context["list"].listing.usual_columns
    names = [column.name for column in usual][1:]

    answer = client.get(
        reverse("saved:columns"),
        {"list": "people", "state": "cols=name", "order": names, "shown": names, "apply": "yes"},
    )

    assert answer["Location"] == PEOPLE


@pytest.mark.parametrize("move", ["left:job_title", "right:website", "up:score", "left:gone", "x"])
def test_move_that_leads_nowhere_changes_nothing(signed_in, rep, move):
    client = signed_in(rep)
    usual = client.get(f"{reverse('saved:columns')}?list=people").context["layout"]
    order = [column.name for column in usual.columns]
    sent = {"list": "people", "order": order, "shown": list(usual.shown), "move": move}

    page = client.get(reverse("saved:columns"), sent)

    assert page.context["layout"] == usual
