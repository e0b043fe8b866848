"""From a permission's scope to a condition on rows: the one place that turns roles into SQL."""

from typing import Any

from django.db.models import Q, QuerySet

from baton.core.access.models import Share, Team, User
from baton.core.access.permissions import Permission, registered
from baton.core.access.queries import grown
from baton.core.access.roles import Scope, Verb

NOBODY = Q(pk__in=[])
OPENED = frozenset({Verb.VIEW, Verb.EDIT})


def within(
    user: User,
    permission: Permission | str,
    *,
    owner: str = "owner",
    shared_as: str = "",
    unowned: bool = False,
) -> Q:
    """The rows that ``user`` reaches with ``permission``.

    ``owner`` is the path to the owning user, ``shared_as`` the object type in the shares table
    (empty = never shared), ``unowned`` whether rows without an owner are open to every scope. Both
    open a row to be seen and worked on, never to be deleted, taken away or managed.
    """
    wanted = registered[permission] if isinstance(permission, str) else permission
    scope = user.scope(wanted)
    if scope is None:
        return NOBODY
    if scope is Scope.ALL:
        return Q()
    reached = Q(**{owner: user.pk})
    if scope is Scope.TEAM:
        reached |= Q(**{f"{owner}__team__in": team_ids(user)})
    if wanted.verb not in OPENED:
        return reached
    if unowned:
        reached |= Q(**{owner: None})
    if shared_as:
        reached |= Q(pk__in=_shared(user, shared_as, for_edit=wanted.verb is not Verb.VIEW))
    return reached


def team_ids(user: User) -> list[int]:
    """The user's team, the teams they manage, and all that lie within those."""
    if user.reached_team_ids is None:
        teams = list(Team.objects.filter(deleted_at=None).values_list("pk", "parent", "manager"))
        roots = {pk for pk, _, manager in teams if pk == user.team_id or manager == user.pk}
        lying = [(pk, parent) for pk, parent, _ in teams]
        user.reached_team_ids = sorted(grown(roots, lying=lying))
    return user.reached_team_ids


def _shared(user: User, object_type: str, *, for_edit: bool) -> QuerySet[Share, Any]:
    shares = Share.objects.filter(
        Q(user=user) | Q(team__in=team_ids(user)), object_type=object_type
    )
    if for_edit:
        shares = shares.filter(may_edit=True)
    return shares.values("object_id")
