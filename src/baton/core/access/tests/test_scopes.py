import pytest

from baton.core.access.models import User
from baton.core.access.permissions import registered
from baton.core.access.roles import MATRIX, Area, Role, Scope, Verb, scope_of
from baton.core.access.visibility import team_ids


@pytest.mark.parametrize(
    ("role", "area", "verb", "scope"),
    [
        (Role.REP, Area.RELATIONS, Verb.VIEW, Scope.TEAM),
        (Role.REP, Area.SALES, Verb.EDIT, Scope.OWN),
        (Role.REP, Area.MARKETING, Verb.EDIT, None),
        (Role.MARKETER, Area.RELATIONS, Verb.EDIT, Scope.ALL),
        (Role.MARKETER, Area.SALES, Verb.EDIT, None),
        (Role.VIEWER, Area.RELATIONS, Verb.EDIT, None),
        (Role.VIEWER, Area.ADMINISTRATION, Verb.VIEW, None),
        (Role.OWNER, Area.ADMINISTRATION, Verb.MANAGE, Scope.ALL),
        ("ghost", Area.RELATIONS, Verb.VIEW, None),
    ],
)
def test_scope_is_what_the_matrix_says(role, area, verb, scope):
    assert scope_of(role, area, verb) == scope


def test_every_role_names_every_area():
    assert all(set(areas) == set(Area) for areas in MATRIX.values())
    assert set(MATRIX) == set(Role)


def test_inactive_user_reaches_nothing():
    user = User(role=Role.OWNER, is_active=False)

    assert [name for name in registered if user.may(name)] == []


def test_key_scopes_narrow_what_the_user_may():
    user = User(role=Role.OWNER)
    user.key_scopes = frozenset({"people.view"})

    assert [name for name in sorted(registered) if user.may(name)] == ["people.view"]


def test_team_ids_reach_down_and_to_managed_teams(rep, north, south):
    south.manager = rep
    south.save()
    north_west = type(north).objects.create(name="North west", parent=north)

    assert team_ids(rep) == sorted([north.pk, south.pk, north_west.pk])
