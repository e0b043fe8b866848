"""Whose browser this is: who plays one of the demo's people is still known by their own name."""

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from baton.core.access.models import User
from baton.core.demo.queries import is_in_charge

BEHIND = "demo_behind"  # in the session: who signed in with a password, and the mark of it
BACKEND = "baton.core.access.backends.PasswordBackend"


def who_is_behind(request: HttpRequest) -> User | None:
    """Who is in charge here and plays somebody; None for everybody who is themselves.

    None as well once they could not do so any more: new password, no sign-in, another role.
    """
    user_id, mark = request.session.get(BEHIND, (None, ""))
    user = User.objects.filter(pk=user_id, deleted_at=None).first() if user_id else None
    if user is None or not constant_time_compare(mark, user.get_session_auth_hash()):
        return None
    return user if is_in_charge(user) else None


def go_on_as(request: HttpRequest, user: User, *, behind: User | None) -> None:
    """A new session with a new key; nothing of the old one goes along but who is behind."""
    login(request, user, backend=BACKEND)
    if behind and behind != user:
        request.session[BEHIND] = [behind.pk, behind.get_session_auth_hash()]


def is_still_backed(request: HttpRequest) -> bool:
    """False ends the session: who plays somebody here has lost the right to."""
    return BEHIND not in request.session or who_is_behind(request) is not None
