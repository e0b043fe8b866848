"""Whose browser this is: who plays one of the demo's people is still known by their own name."""

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from baton.core.access.models import User
from baton.core.demo.queries import is_demo_login, may_switch

BEHIND = "demo_behind"  # in the session: who signed in with a password, and the mark of it
BACKEND = "baton.core.access.backends.PasswordBackend"


def who_is_behind(request: HttpRequest) -> User | None:
    """Who signed in with a password and plays somebody; None for everybody who is themselves.

    None as well once they could not do so any more: new password, no sign-in, another role, or of
    the cast, once real colleagues work here.
    """
    user_id, mark = request.session.get(BEHIND, (None, ""))
    user = User.objects.filter(pk=user_id, deleted_at=None).first() if user_id else None
    if user is None or not constant_time_compare(mark, user.get_session_auth_hash()):
        return None
    return user if may_switch(user, behind=None) else None


def go_on_as(request: HttpRequest, user: User, *, behind: User | None) -> None:
    """A new session with a new key; nothing of the old one goes along but who is behind."""
    login(request, user, backend=BACKEND)
    if behind and behind != user:
        request.session[BEHIND] = [behind.pk, behind.get_session_auth_hash()]
    else:
        request.session.pop(BEHIND, None)


def is_still_backed(request: HttpRequest) -> bool:
    """False ends the session: who plays somebody here has lost the right to, or the account they
    play is somebody's by now."""
    if BEHIND not in request.session:
        return True
    return who_is_behind(request) is not None and is_demo_login(request.user)
