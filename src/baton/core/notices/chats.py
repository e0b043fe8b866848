"""The page of a chat's address: one's own here, a team's under the settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import signed_in, user_of
from baton.core.access.models import Team, User
from baton.core.errors import RuleViolation
from baton.core.notices.chatting import write_test
from baton.core.notices.queries import describe
from baton.core.notices.rooms import log_of, remove_room, room_of, set_room
from baton.core.notices.rules import State
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say

STATES = {
    State.WAITING: (gettext_lazy("Waiting"), "amber"),
    State.SENT: (gettext_lazy("Sent"), "green"),
    State.DROPPED: (gettext_lazy("Not needed"), "gray"),
    State.FAILED: (gettext_lazy("Given up"), "red"),
}


@signed_in
@require_http_methods(["GET", "POST"])
def own(request: HtmxRequest) -> HttpResponse:
    """One's own."""
    url = reverse("notices:chat")
    return room_page(request, user_of(request), template="notices/chat.html", url=url, more={})


def room_page(
    request: HtmxRequest, owner: User | Team, *, template: str, url: str, more: dict[str, Any]
) -> HttpResponse:
    """Shows it and its log, or does what was pressed."""
    refusal = ""
    if request.method == "POST":
        try:
            return _done(request, owner, url=url)
        except RuleViolation as no:
            refusal = str(no)
    room = room_of(owner)
    context = {
        "room": room,
        "log": _log(room, user_of(request)) if room else [],
        "url": url,
        "refusal": refusal,
        "typed": request.POST.get("address", "") if refusal else "",
    }
    return render(request, template, context | more, status=422 if refusal else 200)


def _done(request: HtmxRequest, owner: User | Team, *, url: str) -> HttpResponse:
    room, wish = room_of(owner), request.POST.get("do", "")
    if wish == "remove" and room:
        remove_room(owner)
        say(request, _("Nothing is written there any more."))
    elif wish == "test" and room:
        outcome = write_test(room, at=timezone.now())
        if outcome.is_done:
            say(request, _("A test was written there."))
        else:
            words = _("The test did not get through: %(told)s") % {"told": outcome.told}
            messages.error(request, words)
    else:
        kinds = request.POST.getlist("kind")
        set_room(owner, address=request.POST.get("address", ""), kinds=kinds)
        say(request, _("Saved. Send a test to see that it arrives."))
    return redirect(url)


def _log(room: Any, viewer: User) -> list[dict[str, Any]]:
    """What the viewer may not see is not named, in a team's log either."""
    rows = log_of(room)
    describe([row.notice for row in rows], user=viewer)
    return [
        {
            "words": getattr(row.notice, "words", ""),
            "at": row.done_at or row.due_at,
            "state": STATES[State(row.state)][0],
            "hue": STATES[State(row.state)][1],
            "told": row.told,
        }
        for row in rows
    ]
