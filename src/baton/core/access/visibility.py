"""From a permission's scope to a condition on rows: the one place that turns roles into SQL."""

from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import Any, NoReturn, cast

from django.db.models import Q, QuerySet

from baton.core.access.models import Share, Team, User
from baton.core.access.permissions import Permission, registered
from baton.core.access.queries import grown
from baton.core.access.roles import Scope, Verb, is_bounded
from baton.core.prepared import Kind, Prepared, kinds

NOBODY = Q(pk__in=[])
_TEAMS: Prepared[tuple[int, int | None, int | None]] = Prepared(
    lambda: Team.objects.filter(deleted_at=None).values_list("pk", "parent", "manager")
)
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
        reached |= Q(**{f"{owner}__among": of_teams(user)})
    if wanted.verb not in OPENED:
        return reached
    if unowned:
        reached |= Q(**{owner: None})
    if shared_as:
        reached |= Q(pk__in=_shared(user, shared_as, for_edit=wanted.verb is not Verb.VIEW))
    return reached


def reaches(user: User, record: Any, permission: Permission) -> bool:
    """Whether a record that lives is among those that its ``visible_to`` gives."""
    return bool(
        _reached(cast(Hashable, type(record)), permission).rows(user=user, record=record.pk)
    )


@cache
def _reached(model: Any, permission: Permission) -> Prepared[int]:
    return Prepared(
        lambda user, record: (
            model.objects.visible_to(user, permission)
            .filter(pk=record)
            .order_by()
            .values_list("pk", flat=True)[:1]
        )
    )


def one_by_key(records: Any, key: str) -> Any:
    """The record of that key among those; None for anything else, whatever was sent."""
    is_key = len(key) == 36 and all(char in "0123456789abcdefABCDEF-" for char in key)
    return records.filter(key=key).first() if is_key else None


def team_ids(user: User) -> list[int]:
    """The user's team, the teams they manage, and all that lie within those."""
    if user.reached_team_ids is None:
        read_teams([user])
    return user.reached_team_ids or []


def read_teams(users: Iterable[User]) -> None:
    """Teams of many, in one question; ``team_ids`` asks for none of them then."""
    teams = _TEAMS.rows()
    lying = [(pk, parent) for pk, parent, _ in teams]
    for user in users:
        roots = {pk for pk, _, manager in teams if pk == user.team_id or manager == user.pk}
        user.reached_team_ids = sorted(grown(roots, lying=lying))


def of_teams(user: User) -> QuerySet[User, Any]:
    """Everybody of the user's teams: what they own is asked for by ``owner__among``."""
    return User.objects.filter(team__in=team_ids(user)).values("pk")


def _apart(user: User) -> tuple[Hashable, list[Any]]:
    teams = team_ids(user) if is_bounded(user.role) else []
    looks = (user.role, user.is_active, user.key_scopes, user.team_id is None, len(teams))
    return looks, [user.pk, user.team_id, *teams]


def _stand_in(looks: Any, marks: Sequence[Any]) -> User:
    """Who may the same. Whatever else a question asks of a user is not there, and fails."""
    role, is_active, key_scopes, is_alone, _count = looks
    pk, team_id, *teams = marks
    known = {"id": pk, "role": role, "is_active": is_active}
    known["team_id"] = None if is_alone else team_id
    names = [field.attname for field in User._meta.concrete_fields if field.attname in known]
    user = User.from_db("default", names, [known[name] for name in names])
    user.key_scopes = key_scopes
    user.reached_team_ids = teams if is_bounded(role) else _Unasked()
    return user


class _Unasked(list[int]):
    """Of one whose role reaches everything: a question that asks for their teams is mistaken."""

    def __iter__(self) -> NoReturn:
        raise LookupError("the teams of one whose role asks for none")


kinds[User] = Kind(apart=_apart, together=_stand_in)


def _shared(user: User, object_type: str, *, for_edit: bool) -> QuerySet[Share, Any]:
    shares = Share.objects.filter(
        Q(user=user) | Q(team__in=team_ids(user)), object_type=object_type
    )
    if for_edit:
        shares = shares.filter(may_edit=True)
    return shares.values("object_id")
