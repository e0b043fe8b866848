"""Links that let somebody make their own account."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.actions import EmailTaken, UnknownRole, create_user, digest_of
from baton.core.access.models import Team, User
from baton.core.access.roles import Role
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.signin.models import Invitation
from baton.core.signin.queries import open_invitations

GOOD_FOR = timedelta(days=7)


class AlreadyInvited(RuleViolation):
    """Two open links for one mail: nobody would know which of them to take back."""


class InvitationGone(RuleViolation):
    """Used, taken back, replaced by another link, or too old."""


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, team: Team | None, by: User, at: datetime
) -> tuple[Invitation, str]:
    """The invitation, and the secret of its link, which is told this once.

    Raises EmailTaken, AlreadyInvited, UnknownRole.
    """
    if role not in set(Role):
        raise UnknownRole(_("There is no role “%(role)s”.") % {"role": role})
    _refuse_known(email)
    if Invitation.objects.filter(email__iexact=email, used_at=None, revoked_at=None).exists():
        raise AlreadyInvited(_("%(email)s is invited already: make a new link.") % {"email": email})
    secret = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        team=team,
        digest=digest_of(secret),
        expires_at=at + GOOD_FOR,
        invited_by=by,
    )
    return made, secret


@transaction.atomic
def renew_invitation(*, invitation: Invitation, at: datetime) -> str:
    """Another link, good for seven days; the one before opens nothing. Raises InvitationGone."""
    _refuse_known(invitation.email)
    secret = secrets.token_urlsafe(32)
    fresh = {"digest": digest_of(secret), "expires_at": at + GOOD_FOR}
    if not open_invitations().filter(pk=invitation.pk).update(**fresh):
        raise InvitationGone(_("This invitation was used, or taken back."))
    return secret


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, at: datetime) -> bool:
    """The link opens nothing any more; False when it did not before either."""
    return bool(open_invitations().filter(pk=invitation.pk).update(revoked_at=at))


@transaction.atomic
def accept_invitation(*, secret: str, name: str, password: str, zone: str, at: datetime) -> User:
    """The invited makes their account. Of two who press at once, one does.

    Raises InvitationGone, EmailTaken.
    """
    rows = open_invitations().filter(digest=digest_of(secret), expires_at__gt=at)
    row = rows.select_for_update(of=("self",)).select_related("team").first()
    if row is None:
        raise InvitationGone(_("This link was used, taken back, or is too old. Ask for a new one."))
    user = create_user(
        name=name,
        role=row.role,
        email=row.email,
        password=password,
        team=row.team if row.team and row.team.deleted_at is None else None,
        zone=zone,
    )
    row.user, row.used_at = user, at
    row.save(update_fields=["user", "used_at"])
    record_change(
        object_type="user",
        object_id=user.pk,
        verb="created",
        by=row.invited_by,
        at=at,
        cause="invitation",
    )
    return user


def _refuse_known(email: str) -> None:
    if User.objects.filter(email__iexact=email, deleted_at=None).exists():
        raise EmailTaken(_("%(email)s already has an account.") % {"email": email})
