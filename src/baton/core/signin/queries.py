from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baton.core.access.actions import digest_of
from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.changes.models import Change
from baton.core.sealed import BrokenSeal, unseal
from baton.core.signin.models import Invitation, RecoveryCode, SecondStep, SecondStepRule, Session
from baton.core.signin.rules.asking import is_asked
from baton.core.signin.rules.codes import address_of, in_groups, written
from baton.core.signin.rules.devices import browser_of, program_of, system_of
from baton.core.signin.rules.pictures import Picture, picture_of
from baton.core.signin.slots import is_exempt


@dataclass(frozen=True)
class Device:
    """A session as its owner sees it."""

    session: Session
    words: str
    is_here: bool


def sessions_of(user: User, *, at: datetime) -> QuerySet[Session]:
    """The living ones, the latest used first."""
    living = Session.objects.filter(user=user, expire_date__gt=at)
    return living.order_by("-seen_at", "-created_at")


def devices_of(user: User, *, here: str | None, at: datetime) -> list[Device]:
    """``here``: the session key of whoever asks."""
    return [
        Device(session, device_words(session.agent), session.session_key == here)
        for session in sessions_of(user, at=at)
    ]


def device_words(agent: str) -> str:
    """Firefox on Windows."""
    browser, system = browser_of(agent), system_of(agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or program_of(agent) or _("Unknown device")


@dataclass(frozen=True)
class Setting:
    """What the app on the phone is told: as a picture, and in words."""

    written: str
    picture: Picture


def has_second_step(user: User) -> bool:
    return SecondStep.objects.filter(user=user).exclude(confirmed_at=None).exists()


def codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def setting_of(user: User, *, issuer: str) -> Setting | None:
    """Of a second step that is begun and not confirmed yet."""
    row = SecondStep.objects.filter(user=user, confirmed_at=None).first()
    if row is None:
        return None
    try:
        secret = secret_of(row)
    except BrokenSeal:
        return None  # it is begun anew
    address = address_of(secret, issuer=issuer, account=str(user.email))
    return Setting(in_groups(written(secret)), picture_of(address))


def secret_of(row: SecondStep) -> bytes:
    """Raises BrokenSeal."""
    return bytes.fromhex(unseal(row.secret))


def sealed_rows() -> int:
    """How many secrets are lost when the sealing key is."""
    return SecondStep.objects.count()


def broken_rows() -> int:
    """How many no key of ours opens."""
    return sum(not _is_readable(row) for row in SecondStep.objects.iterator())


def _is_readable(row: SecondStep) -> bool:
    try:
        secret_of(row)
    except BrokenSeal:
        return False
    return True


def second_step_rule() -> SecondStepRule | None:
    """What the company asks; None: nobody was asked ever."""
    return SecondStepRule.objects.filter(pk=1).first()


def who_lacks_second_step(asked_of: str) -> list[User]:
    """Of those who are asked and can sign in."""
    without = who_can_sign_in().exclude(second_step__confirmed_at__isnull=False)
    return [u for u in without if is_asked(asked_of, u.role) and not is_exempt(u)]


def history_of_sign_in(user: User) -> QuerySet[Change]:
    """What was done to somebody's second step, the latest first."""
    told = Change.objects.filter(object_type="user", object_id=user.pk, cause="second step")
    return told.select_related("by").order_by("-pk")


def open_invitations() -> QuerySet[Invitation]:
    """Neither used nor taken back, be they too old; the latest first."""
    return Invitation.objects.filter(used_at=None, revoked_at=None).order_by("-pk")


def invitation_of(secret: str, *, at: datetime) -> Invitation | None:
    """The one that this link opens; looked up by digest, so equal time for wrong ones."""
    return open_invitations().filter(digest=digest_of(secret), expires_at__gt=at).first()
