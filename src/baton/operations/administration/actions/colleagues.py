import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.core.access.actions import (
    create_team,
    create_user,
    edit_team,
    edit_user,
    set_password,
)
from baton.core.access.models import Team, User
from baton.core.calendars.actions import tell_change
from baton.core.settings.actions import set_up_organisation
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation
from baton.core.signin.actions import end_sessions

CLOCKS = ("zone", "country", "hours")  # of a user, or of the company


@transaction.atomic
def save_user(
    *, user: User | None, values: Mapping[str, Any], at: datetime, by: User | None = None
) -> tuple[User, str]:
    """The colleague as the form says; a new one with a mail gets a password ("" = none)."""
    fields = dict(values)
    is_active = fields.pop("is_active")
    if user is not None:
        if not is_active:
            end_sessions(user=user)
        before = _clocks(User.objects.get(pk=user.pk))  # the form has changed its own copy
        saved = edit_user(user=user, values=fields | {"is_active": is_active})
        if _clocks(saved) != before:
            tell_change(user=saved, by=by, at=at)
        return saved, ""
    password = secrets.token_urlsafe(9) if fields["email"] else ""
    made = create_user(**fields, password=password or None)
    return made, password


@transaction.atomic
def give_new_password(*, user: User) -> str:
    """A new password, to be shown once; other sessions of the user end."""
    password = secrets.token_urlsafe(9)
    set_password(user=user, password=password)
    end_sessions(user=user)
    return password


@transaction.atomic
def save_company(
    *, values: Mapping[str, Any], at: datetime, by: User | None = None
) -> Organisation:
    """Name, zone, holidays, currency and working week."""
    before = organisation()
    saved = set_up_organisation(**values, is_demo=before.is_demo)
    if _clocks(saved) != _clocks(before):
        tell_change(user=None, by=by, at=at)
    return saved


def _clocks(of: User | Organisation) -> list[Any]:
    return [getattr(of, name) for name in CLOCKS]


@transaction.atomic
def save_team(*, team: Team | None, values: Mapping[str, Any]) -> Team:
    """The team as the form says."""
    return edit_team(team=team, values=values) if team else create_team(**values)
