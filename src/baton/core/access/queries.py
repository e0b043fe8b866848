"""Who works here: who can sign in, and who it is by another system's id."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet, Subquery

from baton.core.access.models import ApiKey, Team, User
from baton.core.prepared import Prepared
from baton.core.settings.models import Organisation


def who_can_sign_in() -> QuerySet[User]:
    """Those who can answer what they are given, by name; of one row: ``User.can_sign_in``."""
    living = User.objects.filter(is_active=True, deleted_at=None, email__gt="")
    able = living.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return able.order_by("name", "pk")


def colleagues() -> list[tuple[str, str]]:
    """Everybody who may own records, to choose from: id and name."""
    users = User.objects.filter(deleted_at=None).order_by("name", "pk")
    return [(str(pk), name) for pk, name in users.values_list("pk", "name")]


_NAMES: Prepared[tuple[int, str]] = Prepared(
    lambda ids: User.objects.filter(pk__in=ids).values_list("pk", "name")
)


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Of all whom we ever knew, gone or not."""
    return dict(_NAMES.rows(ids={pk for pk in user_ids if pk}))


def living_key(digest: str, *, at: datetime) -> ApiKey | None:
    """The key with its active user, and with what roles are kept from; None when none opens."""
    return _LIVING_KEYS.first(digest=digest, at=at)


def _living_keys(digest: Any, at: Any) -> QuerySet[ApiKey]:
    living = ApiKey.objects.filter(digest=digest, revoked_at=None, user__is_active=True)
    living = living.filter(Q(expires_at=None) | Q(expires_at__gt=at)).select_related("user")
    limits = Organisation.objects.filter(pk=1).values("field_limits")
    return living.annotate(limits=Subquery(limits)).order_by("pk")[:1]


_LIVING_KEYS = Prepared(_living_keys)


def leaders_of(user: User) -> list[int]:
    """Who leads somebody: their manager, and who manages their team; never they themselves."""
    found = {user.manager_id, user.team.manager_id if user.team else None}
    return sorted(pk for pk in found if pk and pk != user.pk)


def teams_within(team: Team) -> set[int]:
    """The team, and all that lie within it, however deep."""
    lying = Team.objects.filter(deleted_at=None).values_list("pk", "parent")
    return grown({team.pk}, lying=lying)


def grown(roots: set[int], *, lying: Iterable[tuple[int, int | None]]) -> set[int]:
    """These teams and all within them; ``lying`` says of each team within which it lies."""
    teams, reached, is_growing = list(lying), set(roots), True
    while is_growing:
        inner = {pk for pk, parent in teams if parent in reached} - reached
        is_growing, reached = bool(inner), reached | inner
    return reached


def users_called(texts: Iterable[str]) -> dict[str, User]:
    """By a mail address, or a name that only one bears; whatever the case, keys casefolded."""
    wanted = {text.casefold() for text in texts}
    living = User.objects.filter(deleted_at=None).order_by("pk")
    found: dict[str, list[User]] = {}
    for user in living:
        for called in {user.name.casefold(), (user.email or "").casefold()} & wanted:
            found.setdefault(called, []).append(user)
    return {called: users[0] for called, users in found.items() if called and len(users) == 1}
