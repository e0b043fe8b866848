"""Sessions and second steps: the only place that writes them."""

from baton.core.signin.actions.asking import ask_for_second_step
from baton.core.signin.actions.invitations import (
    AlreadyInvited,
    InvitationGone,
    accept_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from baton.core.signin.actions.second_step import (
    Accepted,
    NoSecondStep,
    WrongCode,
    accept_code,
    begin_second_step,
    confirm_second_step,
    end_second_step,
    new_recovery_codes,
)
from baton.core.signin.actions.sessions import end_session, end_sessions

__all__ = [
    "Accepted",
    "AlreadyInvited",
    "InvitationGone",
    "NoSecondStep",
    "WrongCode",
    "accept_code",
    "accept_invitation",
    "ask_for_second_step",
    "begin_second_step",
    "confirm_second_step",
    "end_second_step",
    "end_session",
    "end_sessions",
    "invite",
    "new_recovery_codes",
    "renew_invitation",
    "revoke_invitation",
]
