"""The second step once more, before what would help a stranger at somebody's desk: files of the
house, keys. A right code is good for a while, in its session only."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from baton.core.access.models import User
from baton.core.signin.forms import CodeForm
from baton.core.signin.queries import has_second_step

ASKED_AT = "second_step_again_at"
GOOD_FOR = timedelta(minutes=15)


def must_ask(request: HttpRequest, *, user: User, at: datetime) -> bool:
    """Whether a code is due now; never of who has no second step."""
    noted = request.session.get(ASKED_AT)
    is_fresh = noted is not None and timedelta(0) <= at - datetime.fromisoformat(noted) <= GOOD_FOR
    return not is_fresh and has_second_step(user)


def code_form(request: HttpRequest, *, user: User) -> CodeForm:
    """What was sent, or an empty one; wrong codes count as failed sign-ins."""
    return CodeForm(request.POST or None, request=request, user=user)


def note_asked(request: HttpRequest, *, at: datetime) -> None:
    """A right code was given."""
    request.session[ASKED_AT] = at.isoformat()
