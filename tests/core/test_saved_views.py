"""Views of lists: made, opened, changed, deleted."""

from urllib.parse import urlencode

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.actions import LostRace, undo
from baton.core.changes.models import Change
from baton.core.saved import actions
from baton.core.saved.models import SavedView
from baton.core.saved.slots import saved_lists
from baton.core.ui.messages import undo_url_of
from baton.records.people.tests.factories import a_person
from tests.core.saved import PEOPLE, STATE, a_view, opened, pinned, tabs

pytestmark = pytest.mark.django_db


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


def test_deleted_view_comes_back_with_its_pins(signed_in, rep):
    view, client = a_view(rep), signed_in(rep)
    actions.pin_view(view=view, user=rep)

    client.post(reverse("saved:delete", args=[view.key]))

    assert (tabs(client.get(PEOPLE)), pinned(client.get(PEOPLE))) == ([], [])
    batch = Change.objects.get(verb="deleted").batch
    client.post(reverse("changes:undo", args=[batch]))
    assert pinned(client.get(PEOPLE)) == ["Warm"]


def test_undone_deletion_opens_the_view_again(signed_in, rep):
    view, client = a_view(rep), signed_in(rep)
    client.post(reverse("saved:delete", args=[view.key]))
    (message,) = get_messages(client.get(PEOPLE).wsgi_request)

    response = client.post(undo_url_of(message))

    assert tabs(client.get(response.url)) == [("Warm", True)]


def test_undo_leads_to_no_page_outside_the_house(signed_in, rep):
    view, client = a_view(rep), signed_in(rep)
    batch = actions.trash_views(view_ids=[view.pk], by=rep, at=timezone.now())
    url = reverse("changes:undo", args=[batch])

    response = client.post(f"{url}?then=https://elsewhere.example/", headers={"Referer": ""})

    assert response.url == "/"


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
    is_searched = place.listing().search is not None
    assert page.context["views"].state == f"cols={first}" + ("&q=a" if is_searched else "")


def test_view_without_a_name_is_refused(rep):
    with pytest.raises(actions.BadView, match="Give the view a name"):
        a_view(rep, name=" \0 ")
    with pytest.raises(actions.BadView, match="longer than 60"):
        a_view(rep, name="x" * 61)
    with pytest.raises(actions.BadView, match="more filters"):
        a_view(rep, state=urlencode({"q": "x" * 8000}))
    assert not SavedView.objects.exists()
