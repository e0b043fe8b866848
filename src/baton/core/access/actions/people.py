"""Users and their teams."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import Team, User, UserExternalId
from baton.core.access.queries import teams_within, users_called
from baton.core.access.roles import Role
from baton.core.errors import RuleViolation
from baton.core.worktime.rules import WeeklyHours, find_zone, public_holidays

NO_LOGIN = "!"  # no hash begins so: the user can never sign in


class EmailTaken(RuleViolation):
    """Two users cannot sign in with one address."""


class UnknownRole(RuleViolation):
    """A role that the matrix does not have."""


class TeamNameTaken(RuleViolation):
    """Two teams cannot have one name."""


class TeamInARing(RuleViolation):
    """A team that would lie within itself."""


class TeamInUse(RuleViolation):
    """People or teams still belong to it."""


@transaction.atomic
def create_user(
    *,
    name: str,
    role: str,
    email: str | None = None,
    password: str | None = None,
    team: Team | None = None,
    manager: User | None = None,
    region: str = "",
    zone: str = "",
    country: str = "",
    hours: Mapping[str, Any] | None = None,
) -> User:
    """A new user; without mail and password they can own records but not sign in.

    ``hours``: the working week as JSON keeps it; None = the company's.
    """
    if role not in set(Role):
        raise UnknownRole(_("There is no role “%(role)s”.") % {"role": role})
    if email and User.objects.filter(email__iexact=email, deleted_at=None).exists():
        raise EmailTaken(_("%(email)s already has an account.") % {"email": email})
    user = User(
        name=name,
        role=role,
        email=email or None,
        team=team,
        manager=manager,
        region=region,
        zone=_checked_zone(zone),
        country=_checked_country(country),
        hours=_checked_hours(hours),
    )
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def edit_user(*, user: User, values: Mapping[str, Any]) -> User:
    """Set the fields; one who may no longer sign in loses every session at once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    checks: dict[str, Callable[[Any], Any]] = {
        "zone": _checked_zone,
        "hours": _checked_hours,
        "country": _checked_country,
    }
    for name, value in values.items():
        setattr(user, name, checks[name](value) if name in checks else value)
    user.version += 1
    user.save()
    return user


def _checked_zone(zone: str) -> str:
    return find_zone(zone).key if zone else ""


def _checked_country(place: str) -> str:
    public_holidays(place)
    return place


def _checked_hours(hours: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if hours is None else WeeklyHours.parse(hours).as_json()


@transaction.atomic
def create_team(
    *, name: str, region: str = "", parent: Team | None = None, manager: User | None = None
) -> Team:
    """The team of that name, made when it is not there yet."""
    team = Team.objects.filter(name__iexact=name, deleted_at=None).first()
    return team or Team.objects.create(name=name, region=region, parent=parent, manager=manager)


@transaction.atomic
def edit_team(*, team: Team, values: Mapping[str, Any]) -> Team:
    """Set the fields. Raises TeamNameTaken and TeamInARing."""
    # All of them: two edits at once must not close a ring between them.
    team = {row.pk: row for row in Team.objects.select_for_update().order_by("pk")}[team.pk]
    for name, value in values.items():
        setattr(team, name, value)
    if team.parent_id in teams_within(team):
        raise TeamInARing(_("%(team)s cannot lie within itself.") % {"team": team.name})
    namesakes = Team.objects.filter(name__iexact=team.name, deleted_at=None)
    if namesakes.exclude(pk=team.pk).exists():
        raise TeamNameTaken(_("There is a team “%(team)s” already.") % {"team": team.name})
    team.version += 1
    team.save()
    return team


@transaction.atomic
def trash_team(*, team: Team, at: datetime) -> None:
    """An empty team goes. Raises TeamInUse while people or teams belong to it."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.members.filter(deleted_at=None).exists():
        raise TeamInUse(_("Move the people of %(team)s to another team first.") % {"team": team})
    if Team.objects.filter(parent=team, deleted_at=None).exists():
        raise TeamInUse(_("Move the teams within %(team)s out of it first.") % {"team": team})
    Team.objects.filter(pk=team.pk).update(deleted_at=at)


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Also signs out every other session of theirs (the session hash changes)."""
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def ensure_imported_users(
    *, source: str, names: dict[str, str], mails: Mapping[str, str] | None = None
) -> dict[str, User]:
    """For each external id the user who bears it; else whose mail or name it is; unknown ones are
    made, without mail or login.

    ``names``: external id -> name to give to a new user. Empty ids are nobody's. ``mails``: by
    which to meet them, where the id is none.
    """
    names = {external: name for external, name in names.items() if external}
    links = UserExternalId.objects.filter(source=source, external_id__in=names)
    known = {link.external_id: link.user for link in links.select_related("user")}
    missing = {external: name for external, name in names.items() if external not in known}
    mails = mails or {}
    met = users_called({*missing, *missing.values(), *mails.values()}) if missing else {}
    found: dict[str, User] = {}
    for external, name in missing.items():
        called = (mails.get(external, ""), external, name)
        user = next((met[text.casefold()] for text in called if text.casefold() in met), None)
        found[external] = user or User(name=_called(name), role=Role.REP, password=NO_LOGIN)
    User.objects.bulk_create([user for user in found.values() if user._state.adding])
    UserExternalId.objects.bulk_create(
        UserExternalId(user=user, source=source, external_id=external)
        for external, user in found.items()
    )
    return known | found


def _called(name: str) -> str:
    """A name out of a mail address: dwight.schrute@… is Dwight Schrute."""
    local, mark, _domain = name.partition("@")
    return (" ".join(local.replace(".", " ").replace("_", " ").split()).title() if mark else name)[
        :150
    ]


@transaction.atomic
def place_user(
    *,
    user: User,
    name: str = "",
    team: Team | None = None,
    manager: User | None = None,
    region: str = "",
) -> bool:
    """Give a user what is said here, the rest stays; True when something changed."""
    said = {"name": name, "team": team, "manager": manager, "region": region}
    changed = [field for field, value in said.items() if value and getattr(user, field) != value]
    for field in changed:
        setattr(user, field, said[field])
    if changed:
        user.save(update_fields=changed)
    return bool(changed)
