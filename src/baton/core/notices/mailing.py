"""Notices as mail: one at once, or all that a day brought in one. Once each, whoever runs it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.access.models import User
from baton.core.addresses import absolute
from baton.core.calendars.queries import HoursBook
from baton.core.mail.actions import write_mail
from baton.core.mail.models import Mail
from baton.core.notices.choices import digest_minutes
from baton.core.notices.links import fewer_link
from baton.core.notices.models import Notice, Sending
from baton.core.notices.owing import end, waiting, worth_telling
from baton.core.notices.rules import (
    DIGEST_AT,
    FRESH,
    State,
    Way,
    local_day,
    next_digest,
    works_on,
)
from baton.core.notices.slots import notice_kinds

NOTICE, DIGEST = "notice", "digest"  # kinds of mail
BITE = 50  # users, or single mails, in one transaction
MOST_LINES = 30  # of a digest; the rest is a number
GOOD_FOR = timedelta(days=1)  # later nobody wants to read it in a mail


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One notice as a mail shows it."""

    words: str
    url: str
    at: datetime


def open_url(notice: Notice) -> str:
    """Read by opening, and on to what it is about."""
    return absolute(reverse("notices:open", args=[notice.key]))


@transaction.atomic
def write_mails(*, at: datetime) -> int:
    """Those that are due, at most BITE; how many were looked at."""
    owed = Sending.objects.owed(Way.MAIL, at=at).select_related("notice", "user")
    rows = list(owed.order_by("due_at", "pk")[:BITE])
    if not settings.MAIL_IS_SET_UP:
        end(rows, State.DROPPED, at=at, told=_("No mail server is named."))
        return len(rows)
    late = [one for one in rows if one.due_at <= at - GOOD_FOR]
    end(late, State.DROPPED, at=at, told=_("Nobody waits for it any more."))
    for user, sendings in _by_user(one for one in rows if one.due_at > at - GOOD_FOR).items():
        worth = worth_telling(user, sendings, at=at)
        for sending in worth:
            _write_one(user, sending.notice, at=at)
        end(worth, State.SENT, at=at)
    return len(rows)


def _write_one(user: User, notice: Notice, *, at: datetime) -> None:
    entry = _entry(notice)
    kind = notice_kinds.find(notice.kind)
    context = {
        "entries": [entry],
        "heading": entry.words,
        "why": str(kind.label) if kind else "",
        "fewer_url": fewer_link(user=user, kind=notice.kind, way=Way.MAIL),
        "settings_url": absolute(reverse("notices:kinds")),
    }
    write_mail(
        kind=NOTICE,
        once=f"notice {notice.pk}",
        user=user,
        to=user.email or "",
        to_name=user.name,
        subject=entry.words,
        text=_plain(context),
        html=render_to_string("notices/mail.html", context),
        at=at,
        until=at + GOOD_FOR,
    )


@transaction.atomic
def write_digests(*, at: datetime) -> int:
    """Of the users whose time has come, at most BITE; how many were looked at.

    The day on their wall is the mail's natural key: whatever is killed, run twice or set back, of
    one day there is one.
    """
    if not settings.MAIL_IS_SET_UP:
        return 0
    owed = Sending.objects.owed(Way.DIGEST, at=at)
    ids = list(owed.order_by("user").values_list("user", flat=True).distinct()[:BITE])
    if not ids:
        return 0
    rows = owed.filter(user__in=ids).select_related("notice", "user").order_by("-notice__at", "-pk")
    by_user = _by_user(rows)
    book, minutes = HoursBook(by_user), digest_minutes(by_user)
    days = {user: f"{user.pk} {local_day(at, hours=book.of(user))}" for user in by_user}
    mails = Mail.objects.filter(kind=DIGEST, once__in=days.values())
    written = set(mails.values_list("once", flat=True))
    for user, sendings in by_user.items():
        hours, once = book.of(user), days[user]
        is_time = once not in written and works_on(at, hours=hours)
        if not is_time or not _write_digest(user, sendings, once=once, at=at):
            due_at = next_digest(at, minute=minutes.get(user.pk, DIGEST_AT), hours=hours)
            waiting(sendings).update(due_at=due_at)
    return len(ids)


def _write_digest(user: User, sendings: Sequence[Sending], *, once: str, at: datetime) -> bool:
    """False where another worker was first: what waits stays for the next day."""
    fresh = [one for one in sendings if one.due_at > at - FRESH]
    old = [one for one in sendings if one.due_at <= at - FRESH]
    worth = worth_telling(user, fresh, at=at)
    if worth:
        context = _digest_of(user, worth)
        is_new = write_mail(
            kind=DIGEST,
            once=once,
            user=user,
            to=user.email or "",
            to_name=user.name,
            subject=context["heading"],
            text=_plain(context),
            html=render_to_string("notices/mail.html", context),
            at=at,
            until=at + GOOD_FOR,
        )
        if not is_new:
            return False
    end(worth, State.SENT, at=at)
    end(old, State.DROPPED, at=at, told=_("Too old for a mail of the day."))
    return True


def _digest_of(user: User, sendings: Sequence[Sending]) -> dict[str, Any]:
    """Kind by kind, in the order of the modules; the latest first."""
    total = len(sendings)
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for one in sendings[:MOST_LINES]:
        by_kind[one.notice.kind].append(_entry(one.notice))
    parts = [
        {
            "label": str(kind.label),
            "entries": by_kind[kind.name],
            "fewer_url": fewer_link(user=user, kind=kind.name, way=Way.DIGEST),
        }
        for kind in notice_kinds
        if kind.name in by_kind
    ]
    words = ngettext("%(n)s notice you have not read", "%(n)s notices you have not read", total)
    return {
        "heading": words % {"n": total},
        "parts": parts,
        "left": total - min(total, MOST_LINES),
        "inbox_url": absolute(reverse("notices:inbox")),
        "settings_url": absolute(reverse("notices:kinds")),
    }


def _by_user(rows: Iterable[Sending]) -> dict[User, list[Sending]]:
    found: dict[User, list[Sending]] = defaultdict(list)
    for row in rows:
        found[row.user].append(row)
    return found


def _entry(notice: Notice) -> Entry:
    words = getattr(notice, "words", "")
    return Entry(words=words, url=open_url(notice), at=notice.at)


def _plain(context: dict[str, Any]) -> str:
    """The same without marks, for who reads no HTML."""
    lines: list[str] = []
    for part in context.get("parts", [{"entries": context.get("entries", [])}]):
        lines += [part["label"], ""] if part.get("label") else []
        for entry in part["entries"]:
            lines += [entry.words, entry.url, ""]
    if left := context.get("left"):
        more = ngettext("%(n)s more in your inbox:", "%(n)s more in your inbox:", left)
        lines += [more % {"n": left}, context["inbox_url"], ""]
    if why := context.get("why"):
        lines += [_("You get this mail because you chose: %(why)s.") % {"why": why}]
        lines += [_("Fewer of these:"), context["fewer_url"]]
    lines += [_("What you are told, and how:"), context["settings_url"]]
    return "\n".join(lines)
