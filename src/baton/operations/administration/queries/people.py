"""Who works together."""

from django.db.models import Prefetch, QuerySet

from baton.core.access.models import Team, User


def teams_with_members() -> QuerySet[Team]:
    """By name, each with its manager, the team around it, and its people."""
    people = User.objects.filter(deleted_at=None).order_by("name", "pk")
    teams = Team.objects.filter(deleted_at=None).select_related("manager", "parent")
    return teams.prefetch_related(Prefetch("members", people)).order_by("name", "pk")


def members_of(team: Team) -> QuerySet[User]:
    return team.members.filter(deleted_at=None).order_by("name", "pk")


def regions() -> list[str]:
    """Those that are in use, to choose from while typing."""
    theirs = User.objects.filter(deleted_at=None).exclude(region="").values_list("region")
    of_teams = Team.objects.filter(deleted_at=None).exclude(region="").values_list("region")
    return sorted({region for (region,) in theirs.union(of_teams)})
