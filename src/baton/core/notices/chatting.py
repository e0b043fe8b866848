"""Writes to chats: a JSON of one text, as Slack, Mattermost and Teams take it."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from baton.core.addresses import absolute
from baton.core.notices.actions import tell
from baton.core.notices.calling import (
    Call,
    Outcome,
    call_to,
    make,
    make_all,
    note,
    note_target,
    take_due,
)
from baton.core.notices.mailing import open_url
from baton.core.notices.models import Room, Sending
from baton.core.notices.owing import worth_telling
from baton.core.notices.rules import MAILED, Way
from baton.core.notices.slots import News, NoticeKind
from baton.core.sealed import BrokenSeal, unseal

HEADERS = {"Content-Type": "application/json"}
MOST_LINES = 10  # of one message
# What a chat would read as a mention, a link or a mark; names may hold any of it.
PLAIN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


CHAT_FAILED = NoticeKind(
    name="chat.failed",
    label=_lazy("A chat of mine does not take messages"),
    title=_lazy("The chat at %(what)s does not take messages"),
    many=_lazy("%(n)s chats do not take messages"),
    icon="alert",
    many_url=lambda: reverse("notices:kinds"),
    ways=MAILED,
)


def tell_given_up(room: Room, *, told: str, at: datetime) -> None:
    """Once a day, to whose it is, or to who manages the team."""
    to = room.user_id or (room.team.manager_id if room.team else None)
    if to is None:
        return
    news = News(
        user_id=to,
        cause=f"room {room.pk} {at.date()}",
        what=f"{room.host} ({told[:80]})",
        url=reverse("notices:chat") if room.user_id else reverse("notices:inbox"),
        at=at,
    )
    tell(CHAT_FAILED, [news])


def write_due(*, now: Callable[[], datetime]) -> int:
    """At most BITE that are due, those of one room in one message; how many were looked at."""
    rows = take_due(Way.CHAT, at=now())
    by_room: dict[Room, list[Sending]] = defaultdict(list)
    for row in rows:
        assert row.room, "What is written to a chat has a room"
        by_room[row.room].append(row)
    worth: dict[Room, list[Sending]] = {}
    for room, sendings in by_room.items():
        if found := _worth(sendings, at=now()):
            worth[room] = found
    calls = {room: _call(room, text_of(found, room=room)) for room, found in worth.items()}
    for room, outcome in make_all(calls):
        note_target(room, outcome, at=now())
        given_up = partial(tell_given_up, room, told=outcome.told, at=now())
        note(worth[room], outcome, at=now(), given_up=given_up)
    return len(rows)


def _worth(sendings: Sequence[Sending], *, at: datetime) -> list[Sending]:
    """Of each member of a team, what they may see themselves."""
    by_user: dict[int, list[Sending]] = defaultdict(list)
    for one in sendings:
        by_user[one.user_id].append(one)
    return [one for same in by_user.values() for one in worth_telling(same[0].user, same, at=at)]


def text_of(sendings: Sequence[Sending], *, room: Room) -> str:
    """A line each; in a team's room with the name of whom it concerns."""
    lines = []
    for one in sendings[:MOST_LINES]:
        words = getattr(one.notice, "words", "")
        said = f"{one.user.name}: {words}" if room.team_id else words
        lines.append(f"{said.translate(PLAIN)}\n{open_url(one.notice)}")
    if left := len(sendings) - len(lines):
        lines.append(_("%(n)s more: %(url)s") % {"n": left, "url": absolute("/inbox/")})
    return "\n".join(lines)


def _call(room: Room, text: str) -> Call:
    try:
        url = unseal(room.address)
    except BrokenSeal:
        url = ""  # refused at the door, and told
    body = json.dumps({"text": text}, ensure_ascii=False).encode()
    return call_to(url, headers=HEADERS, body=body)


def write_test(room: Room, *, at: datetime) -> Outcome:
    """At once, to see that it arrives."""
    text = _("A test from Baton: notices arrive here.")
    outcome = make(_call(room, f"{text}\n{absolute(reverse('notices:kinds'))}"))
    note_target(room, outcome, at=at)
    return outcome
