import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from baton.core.access.actions import create_user, edit_user, set_password
from baton.core.access.models import User
from baton.core.settings.actions import set_up_organisation
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation


@transaction.atomic
def save_user(*, user: User | None, values: Mapping[str, Any]) -> tuple[User, str]:
    """The colleague as the form says; a new one with a mail gets a password ("" = none)."""
    fields = dict(values)
    is_active = fields.pop("is_active")
    if user is not None:
        return edit_user(user=user, values=fields | {"is_active": is_active}), ""
    password = secrets.token_urlsafe(9) if fields["email"] else ""
    made = create_user(**fields, password=password or None)
    return made, password


@transaction.atomic
def give_new_password(*, user: User) -> str:
    """A new password, to be shown once; other sessions of the user end."""
    password = secrets.token_urlsafe(9)
    set_password(user=user, password=password)
    return password


@transaction.atomic
def save_company(*, values: Mapping[str, Any]) -> Organisation:
    """Name, zone and currency; the working week stays."""
    now = organisation()
    return set_up_organisation(**values, hours=now.hours, is_demo=now.is_demo)
