"""Who finds a view, and pins it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.saved import actions
from baton.core.saved.models import Pin, SavedView
from tests.core.saved import PEOPLE, a_view, opened, pinned, tabs

pytestmark = pytest.mark.django_db


def test_own_views_come_first_then_those_of_the_team(signed_in, rep, colleague, outsider):
    for owner, name, sharing in [
        (colleague, "Aged", "team"),
        (colleague, "Hidden", "private"),
        (outsider, "South", "team"),
        (rep, "warm", "private"),
        (rep, "Hot", "team"),
    ]:
        a_view(owner, name=name, sharing=sharing)
    a_view(rep, name="Of companies", list_name="companies")

    page = signed_in(rep).get(PEOPLE)

    assert tabs(page) == [("Hot", False), ("warm", False), ("Aged", False)]


def test_manager_finds_the_views_of_the_team(rep, north, admin):
    view = a_view(rep, sharing="team")
    assert not SavedView.objects.visible_to(admin).exists()

    north.manager = admin
    north.save()

    assert list(SavedView.objects.visible_to(admin)) == [view]


def test_who_is_in_no_team_cannot_share(signed_in, admin):
    answer = signed_in(admin).post(
        f"{reverse('saved:new')}?list=people&state=q%3Dx", {"name": "Mine", "sharing": "team"}
    )

    assert answer.status_code == 422


def test_view_is_opened_to_everybody_by_who_sees_every_row(signed_in, rep, outsider, marketer):
    new, said = (
        f"{reverse('saved:new')}?list=people&state=q%3Dx",
        {"name": "Ours", "sharing": "all"},
    )

    refused = signed_in(rep).post(new, said)
    signed_in(marketer).post(new, said)

    assert refused.status_code == 422
    page = signed_in(outsider).get(PEOPLE)
    assert (tabs(page), "Everybody:" in page.content.decode()) == ([("Ours", False)], True)
    view = SavedView.objects.get()
    assert signed_in(outsider).post(reverse("saved:edit", args=[view.key])).status_code == 404
    actions.pin_view(view=view, user=outsider)
    assert pinned(signed_in(outsider).get(PEOPLE)) == ["Ours"]


def test_colleague_opens_and_pins_a_view_of_the_team_but_changes_nothing(signed_in, rep, colleague):
    view, client = a_view(rep, sharing="team"), signed_in(colleague)

    page = opened(client, view, q="x")
    statuses = {
        act: client.post(reverse(f"saved:{act}", args=[view.key]), {"on": "yes"}).status_code
        for act in ("pin", "save", "edit", "delete")
    }

    assert (page.context["views"].is_own, page.context["views"].is_changed) == (False, True)
    assert statuses == {"pin": 302, "save": 404, "edit": 404, "delete": 404}
    assert pinned(client.get(PEOPLE)) == ["Warm"]
    assert pinned(signed_in(rep).get(PEOPLE)) == []


def test_outsider_does_not_find_a_view(signed_in, rep, outsider):
    view, client = a_view(rep, sharing="team"), signed_in(outsider)

    statuses = {
        client.post(reverse(f"saved:{act}", args=[view.key]), {"on": "yes"}).status_code
        for act in ("pin", "save", "edit", "delete")
    }

    assert statuses == {404}
    page = opened(client, view)
    assert (page.status_code, tabs(page), page.context["views"].current) == (200, [], None)


def test_pin_of_a_view_that_is_private_again_goes(signed_in, rep, colleague):
    view = a_view(rep, sharing="team")
    actions.pin_view(view=view, user=colleague)
    actions.pin_view(view=view, user=colleague)
    assert Pin.objects.count() == 1

    actions.edit_view(
        view=view, values={"sharing": "private"}, version=None, by=rep, at=timezone.now()
    )

    assert pinned(signed_in(colleague).get(PEOPLE)) == []


def test_unpinned_view_leaves_the_sidebar(signed_in, rep):
    view, client = a_view(rep), signed_in(rep)
    actions.pin_view(view=view, user=rep)

    client.post(reverse("saved:pin", args=[view.key]))

    assert not Pin.objects.exists()


def test_tabs_and_sidebar_share_one_query(signed_in, rep):
    client = signed_in(rep)
    for number in range(5):
        actions.pin_view(view=a_view(rep, name=f"View {number}"), user=rep)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(PEOPLE)

    assert len([one for one in queries if "saved_savedview" in one["sql"]]) == 1
    assert len(tabs(page)) == len(pinned(page)) == 5


def test_views_go_with_their_owner(rep, colleague):
    actions.pin_view(view=a_view(rep, sharing="team"), user=colleague)

    rep.delete()

    assert (SavedView.objects.count(), Pin.objects.count()) == (0, 0)
