"""Between the password and the second step: a session in which nobody is signed in yet."""

from datetime import datetime
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in

WAITING = "waiting_for_code"
LONGEST = 600  # seconds
BACKEND = "baton.core.access.backends.PasswordBackend"


def let_wait(request: HttpRequest, user: User, *, back: str, at: datetime) -> None:
    """The password was right."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "mark": user.get_session_auth_hash(),
        "since": at.timestamp(),
        "back": back,
    }


def who_waits(request: HttpRequest, *, at: datetime) -> User | None:
    """None once it is too long ago, or the password is another by now."""
    noted: dict[str, Any] = request.session.get(WAITING) or {}
    if not noted or not 0 <= at.timestamp() - noted["since"] <= LONGEST:
        return None
    user = who_can_sign_in().filter(pk=noted["user"]).first()
    if user is None or not constant_time_compare(noted["mark"], user.get_session_auth_hash()):
        return None
    return user


def let_in(request: HttpRequest, user: User) -> str:
    """Signed in, in a session with another key; where to go on."""
    noted = request.session.pop(WAITING, {})
    login(request, user, backend=BACKEND)
    return str(noted.get("back", ""))
