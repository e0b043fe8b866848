"""Who is at the screen, in which zone, and which lead they mean."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.qualification.handoff.actions.refusals import answered, elsewhere
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries.desk import gone_from
from baton.qualification.handoff.rules import State

View = TypeVar("View", bound=Callable[..., Any])  # a page, or a part of one


class Gone(Exception):
    """The lead is somebody else's by now; the message says whose."""


def on_their_clock(view: View) -> View:
    """Hours are written in the zone in which the user works: the clocks run in it."""

    @wraps(view)
    def timed(request: Any, *args: Any, **rest: Any) -> Any:
        with timezone.override(ZoneInfo(user_of(request).local_zone)):
            return view(request, *args, **rest)

    return cast(View, timed)


def find_lead(user: User, key: UUID) -> Handoff:
    """The lead, if the user may see it.

    Raises Gone for one that they were asked about and another has now, else Http404.
    """
    rows = Handoff.objects.visible_to(user).select_related(
        "person__company",
        "person__owner",
        "agreement",
        "rep",
        "pool",
        "handed_by",
        "came_from__handoff",
    )
    found = rows.filter(key=key).first()
    if found:
        return found
    gone = gone_from(user, key) if user.may(ANSWER_HANDOFFS) else None
    if gone is None:
        raise Http404
    say = elsewhere if gone.state == State.OFFERED else answered
    raise Gone(str(say(gone, at=timezone.now())))
