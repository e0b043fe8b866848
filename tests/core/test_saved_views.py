"""Views of lists: kept by one, opened by the team, pinned by each for themselves."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.actions import LostRace, undo
from baton.core.changes.models import Change
from baton.core.saved import actions
from baton.core.saved.models import Pin, SavedView
from baton.core.saved.slots import saved_lists
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
PEOPLE = reverse("people:list")
STATE = "sort=-score&stage=mql"


def a_view(by, *, name="Warm", state=STATE, sharing="private", list_name="people"):
    return actions.create_view(
        list_name=list_name, name=name, state=state, sharing=sharing, by=by, at=timezone.now()
    )


def opened(client, view, **more):
    return client.get(f"{PEOPLE}?{view.state}&{urlencode({'saved': view.key, **more})}")


def tabs(response):
    return [(tab.view.name, tab.is_current) for tab in response.context["views"].tabs]


def pinned(response):
    return [one.label for one in response.context["shell"].pinned]


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


def test_open_view_is_the_current_tab_and_unchanged(signed_in, rep):
    view = a_view(rep)
    a_person(owner=rep)

    page = opened(signed_in(rep), view)

    views = page.context["views"]
    assert tabs(page) == [("Warm", True)]
    assert (views.current, views.is_own, views.is_changed, views.lost) == (view, True, False, "")


@pytest.mark.parametrize(
    ("asked", "is_changed"),
    [("", False), ("view=mine", False), ("after=x", False), ("sort=score", True), ("q=x", True)],
)
def test_list_without_a_view_is_changed_by_more_than_its_tabs(signed_in, rep, asked, is_changed):
    page = signed_in(rep).get(f"{PEOPLE}?{asked}")

    assert page.context["views"].is_changed is is_changed


def test_changed_own_view_can_be_saved_and_that_undone(signed_in, rep):
    view, client = a_view(rep), signed_in(rep)
    page = opened(client, view, q="lund")
    assert page.context["views"].is_changed
    assert "Save as" in page.content.decode()

    answer = client.post(
        reverse("saved:save", args=[view.key]),
        {"state": page.context["views"].state, "version": view.version},
    )

    view.refresh_from_db()
    assert view.state == "q=lund&sort=-score&stage=mql"
    assert answer["Location"] == f"{PEOPLE}?{view.state}&saved={view.key}"
    assert not client.get(answer["Location"]).context["views"].is_changed
    undo(batch=Change.objects.get(verb="edited").batch, by=rep, at=timezone.now())
    view.refresh_from_db()
    assert view.state == STATE


def test_save_of_an_older_version_is_told_and_changes_nothing(signed_in, rep):
    view = a_view(rep)
    actions.edit_view(view=view, values={"state": "q=a"}, version=1, by=rep, at=timezone.now())

    answer = signed_in(rep).post(
        reverse("saved:save", args=[view.key]), {"state": "q=b", "version": 1}, follow=True
    )

    view.refresh_from_db()
    assert view.state == "q=a"
    assert "Somebody changed this" in answer.content.decode()
    with pytest.raises(LostRace):
        actions.edit_view(view=view, values={"state": "q=b"}, version=1, by=rep, at=timezone.now())


def test_save_as_makes_a_view_and_opens_it(signed_in, rep):
    client = signed_in(rep)
    url = client.get(f"{PEOPLE}?{STATE}&after=x").context["views"].new_url
    assert "Only me" in client.get(url).content.decode()

    answer = client.post(url, {"name": " Warm  ones ", "sharing": "team", "is_pinned": "on"})

    view = SavedView.objects.get()
    kept = (view.owner, view.list_name, view.name, view.state, view.sharing)
    assert kept == (rep, "people", "Warm ones", STATE, "team")
    assert answer["Location"] == f"{PEOPLE}?{STATE}&saved={view.key}"
    assert pinned(client.get(reverse("changes:trash"))) == ["Warm ones"]


def test_name_that_one_has_already_is_refused_in_the_form(signed_in, rep, colleague):
    a_view(rep)
    a_view(colleague)
    client = signed_in(rep)

    answer = client.post(
        f"{reverse('saved:new')}?list=people&state=q%3Dx", {"name": "Warm", "sharing": "private"}
    )

    assert answer.status_code == 422
    assert "You have a view called Warm already." in answer.content.decode()
    assert SavedView.objects.count() == 2


def test_view_of_a_list_that_is_gone_or_closed_is_not_made(signed_in, rep):
    url = reverse("saved:new")

    assert signed_in(rep).get(f"{url}?list=gone").status_code == 404
    assert signed_in(rep).get(url).status_code == 404


def test_who_is_in_no_team_cannot_share(signed_in, admin):
    answer = signed_in(admin).post(
        f"{reverse('saved:new')}?list=people&state=q%3Dx", {"name": "Mine", "sharing": "team"}
    )

    assert answer.status_code == 422


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


def test_deleted_view_comes_back_with_its_pins(signed_in, rep):
    view, client = a_view(rep), signed_in(rep)
    actions.pin_view(view=view, user=rep)

    client.post(reverse("saved:delete", args=[view.key]))

    assert (tabs(client.get(PEOPLE)), pinned(client.get(PEOPLE))) == ([], [])
    batch = Change.objects.get(verb="deleted").batch
    client.post(reverse("changes:undo", args=[batch]))
    assert pinned(client.get(PEOPLE)) == ["Warm"]


def test_view_whose_name_is_taken_by_now_stays_in_the_trash(rep):
    view = a_view(rep)
    batch = actions.trash_views(view_ids=[view.pk], by=rep, at=timezone.now())
    a_view(rep)

    actions.VIEW.restore([view.pk], rep, timezone.now())

    view.refresh_from_db()
    assert (view.deleted_at is None, bool(batch)) == (False, True)


@pytest.mark.parametrize("place", list(saved_lists), ids=lambda place: place.name)
def test_view_of_what_is_gone_opens_with_the_rest_and_says_so(signed_in, admin, place):
    first = place.listing().columns[0].name
    state = f"cols={first}%2Cgone&former=x&owner=nonsense&pipeline=gone&q=a&sort=-gone&stage=gone"
    view = a_view(admin, list_name=place.name, state=state)
    client = signed_in(admin)
    tab = client.get(reverse(place.url_name)).context["views"].tabs[0]

    page = client.get(tab.url)

    assert tab.view == view
    assert page.status_code == 200
    assert "This view is shown without what no longer exists: " in page.context["views"].lost
    assert page.context["views"].lost in page.content.decode()
    assert page.context["views"].is_changed
    assert page.context["views"].state == f"cols={first}&q=a"


def test_tabs_and_sidebar_share_one_query(signed_in, rep):
    client = signed_in(rep)
    for number in range(5):
        actions.pin_view(view=a_view(rep, name=f"View {number}"), user=rep)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(PEOPLE)

    assert len([one for one in queries if "saved_savedview" in one["sql"]]) == 1
    assert len(tabs(page)) == len(pinned(page)) == 5


def test_view_without_a_name_is_refused(rep):
    with pytest.raises(actions.BadView, match="Give the view a name"):
        a_view(rep, name=" \0 ")
    with pytest.raises(actions.BadView, match="longer than 60"):
        a_view(rep, name="x" * 61)
    with pytest.raises(actions.BadView, match="more filters"):
        a_view(rep, state=urlencode({"q": "x" * 2000}))
    assert not SavedView.objects.exists()


def heads(response):
    return [head.column.name for head in response.context["list"].heads]


def test_list_shows_the_chosen_columns_in_their_order(signed_in, rep):
    client = signed_in(rep)
    a_person(owner=rep)

    page = client.get(f"{PEOPLE}?cols=score,name,gone,stage,score&density=compact")

    assert heads(page) == ["name", "score", "stage"]
    assert 'class="list-table compact"' in page.content.decode()
    assert len(heads(client.get(f"{PEOPLE}?cols=gone,&density=huge"))) == 10
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
    assert (order[:2], len(order)) == (["score", "stage"], 9)
    sent = {
        "list": "people",
        "state": panel["state"],
        "saved": view.key,
        "order": order,
        "shown": ["score", "stage", "owner"],
        "density": "relaxed",
    }

    moved = client.get(reverse("saved:columns"), sent | {"move": "left:stage"}).context["layout"]
    sent["order"] = [column.name for column in moved.columns]
    answer = client.get(reverse("saved:columns"), sent | {"apply": "yes"})

    asked = "cols=name%2Cstage%2Cscore%2Cowner&density=relaxed&q=a"
    assert answer["Location"] == f"{PEOPLE}?{asked}&saved={view.key}"
    assert heads(client.get(answer["Location"])) == ["name", "stage", "score", "owner"]


def test_usual_layout_says_nothing_in_the_address(signed_in, rep):
    client = signed_in(rep)
    names = [column.name for column in client.get(PEOPLE).context["list"].listing.columns][1:]

    answer = client.get(
        reverse("saved:columns"),
        {"list": "people", "state": "cols=name", "order": names, "shown": names, "apply": "yes"},
    )

    assert answer["Location"] == PEOPLE


@pytest.mark.parametrize("move", ["left:job_title", "right:lead_at", "up:score", "left:gone", "x"])
def test_move_that_leads_nowhere_changes_nothing(signed_in, rep, move):
    client = signed_in(rep)
    usual = client.get(f"{reverse('saved:columns')}?list=people").context["layout"]
    order = [column.name for column in usual.columns]

    page = client.get(
        reverse("saved:columns"), {"list": "people", "order": order, "shown": order, "move": move}
    )

    assert page.context["layout"] == usual


def test_views_go_with_their_owner(rep, colleague):
    actions.pin_view(view=a_view(rep, sharing="team"), user=colleague)

    rep.delete()

    assert (SavedView.objects.count(), Pin.objects.count()) == (0, 0)
