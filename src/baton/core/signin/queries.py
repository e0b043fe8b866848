from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.signin.models import Session
from baton.core.signin.rules import browser_of, program_of, system_of


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
