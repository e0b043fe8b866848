import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import TeamInARing, create_team, create_user, edit_team
from baton.core.access.models import Team, User
from baton.core.access.visibility import team_ids

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_team_is_made_and_edited_on_screen(admin, rep, north, signed_in):
    browser = signed_in(admin)

    browser.post(reverse("administration:new-team"), {"name": "Harbour", "region": "Coast"})
    harbour = Team.objects.get(name="Harbour")
    browser.post(
        reverse("administration:team", args=[harbour.key]),
        {"name": "Harbour", "region": "Coast", "parent": north.pk, "manager": rep.pk},
    )
    harbour.refresh_from_db()

    assert (harbour.parent, harbour.manager, harbour.region) == (north, rep, "Coast")
    assert "Harbour" in browser.get(reverse("administration:teams")).content.decode()


def test_manager_sees_the_people_of_the_team_that_was_given_to_them(admin, rep, south, signed_in):
    before = team_ids(User.objects.get(pk=rep.pk))

    signed_in(admin).post(
        reverse("administration:team", args=[south.key]), {"name": "South", "manager": rep.pk}
    )

    assert (before, team_ids(User.objects.get(pk=rep.pk))) == (
        [rep.team_id],
        sorted([rep.team_id, south.pk]),
    )


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"name": "south"}, "There is a team of this name."),
        ({"name": ""}, "This field is required."),
        ({"parent": "inner"}, "Select a valid choice."),
    ],
)
def test_bad_team_is_refused_with_the_form(admin, north, south, signed_in, over, words):
    inner = create_team(name="Inner north", parent=north)
    if "parent" in over:
        over = {"parent": inner.pk}

    answer = signed_in(admin).post(
        reverse("administration:team", args=[north.key]), {"name": "North", **over}
    )
    north.refresh_from_db()

    assert (answer.status_code, north.name, north.parent) == (422, "North", None)
    assert words in answer.content.decode()


def test_team_never_lies_within_itself(north):
    inner = create_team(name="Inner north", parent=north)

    with pytest.raises(TeamInARing, match="North cannot lie within itself"):
        edit_team(team=north, values={"parent": inner})


def test_only_a_team_without_people_and_teams_is_deleted(admin, rep, north, signed_in):
    browser, south = signed_in(admin), create_team(name="South")
    create_team(name="Inner south", parent=south)
    empty = create_team(name="Empty")

    kept = browser.post(reverse("administration:delete-team", args=[north.key]), follow=True)
    within = browser.post(reverse("administration:delete-team", args=[south.key]), follow=True)
    browser.post(reverse("administration:delete-team", args=[empty.key]))

    assert "Move the people of North to another team first." in kept.content.decode()
    assert "Move the teams within South out of it first." in within.content.decode()
    living = Team.objects.filter(deleted_at=None).order_by("name")
    assert list(living.values_list("name", flat=True)) == ["Inner south", "North", "South"]


def test_user_gets_a_manager_and_a_region(admin, rep, colleague, signed_in):
    form = {"name": rep.name, "email": rep.email, "role": "rep", "team": rep.team_id, "zone": ""}

    signed_in(admin).post(
        reverse("administration:user", args=[rep.key]),
        {**form, "is_active": "on", "manager": colleague.pk, "region": "Coast"},
    )
    rep.refresh_from_db()

    assert (rep.manager, rep.region) == (colleague, "Coast")


def test_nobody_manages_themselves(admin, rep, signed_in):
    answer = signed_in(admin).post(
        reverse("administration:user", args=[rep.key]),
        {"name": rep.name, "role": "rep", "manager": rep.pk},
    )

    assert answer.context["form"].errors.keys() == {"manager"}


@pytest.mark.parametrize("who", ["rep", "outsider"])
def test_teams_are_made_by_admins_only(request, north, signed_in, who):
    browser = signed_in(request.getfixturevalue(who))

    answers = [
        browser.get(reverse("administration:teams")),
        browser.post(reverse("administration:new-team"), {"name": "Harbour"}),
        browser.post(reverse("administration:team", args=[north.key]), {"name": "Harbour"}),
        browser.post(reverse("administration:delete-team", args=[north.key])),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert not Team.objects.filter(name="Harbour").exists()


@pytest.mark.parametrize("place", ["teams", "users"])
def test_list_costs_the_same_however_long(
    admin, rep, north, signed_in, django_assert_num_queries, place
):
    browser, address = signed_in(admin), reverse(f"administration:{place}")
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for number in range(3):
        team = create_team(name=f"Team {number}", parent=north, manager=rep)
        create_user(name=f"Rep {number}", role="rep", team=team, manager=rep)

    with django_assert_num_queries(len(few)):
        browser.get(address)
