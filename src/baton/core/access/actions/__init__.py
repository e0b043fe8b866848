"""Users, teams, shares and keys: the only place that writes them."""

from baton.core.access.actions.keys import (
    create_api_key,
    digest_of,
    revoke_api_key,
    user_of_key,
)
from baton.core.access.actions.people import (
    NO_LOGIN,
    EmailTaken,
    TeamInARing,
    TeamInUse,
    TeamNameTaken,
    UnknownRole,
    create_team,
    create_user,
    edit_team,
    edit_user,
    ensure_imported_users,
    place_user,
    set_password,
    trash_team,
)
from baton.core.access.actions.sharing import share, share_each, share_with_teams, unshare

__all__ = [
    "NO_LOGIN",
    "EmailTaken",
    "TeamInARing",
    "TeamInUse",
    "TeamNameTaken",
    "UnknownRole",
    "create_api_key",
    "create_team",
    "create_user",
    "digest_of",
    "edit_team",
    "edit_user",
    "ensure_imported_users",
    "place_user",
    "revoke_api_key",
    "set_password",
    "share",
    "share_each",
    "share_with_teams",
    "trash_team",
    "unshare",
    "user_of_key",
]
