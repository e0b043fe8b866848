"""The only place that writes mail down, takes it to be sent, and notes what came of it."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from baton.core.access.models import User
from baton.core.mail.models import Mail, MailQuerySet
from baton.core.mail.rules import GOOD_FOR, KEPT_FOR, LEASE, State, due_after, header_line


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file beside the text; ``type`` as in RFC 6838, ``text/calendar; method=REQUEST``."""

    name: str
    type: str
    content: bytes

    def plain(self) -> dict[str, str]:
        """As it is kept."""
        return {
            "name": self.name,
            "type": self.type,
            "content": b64encode(self.content).decode(),
        }

    @classmethod
    def from_plain(cls, kept: dict[str, str]) -> "Attached":
        """As it is sent."""
        return cls(name=kept["name"], type=kept["type"], content=b64decode(kept["content"]))


def write_mail(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    to_name: str = "",
    html: str = "",
    files: Iterable[Attached] = (),
    user: User | None = None,
    once: str | None = None,
    until: datetime | None = None,
) -> bool:
    """Owed from now on, in the transaction of what brings it about; whether it is new.

    The caller rings ``tasks.send_mail``; who forgets is a minute late.
    """
    mail = Mail(
        kind=kind,
        once=once,
        user=user,
        to=to,
        to_name=header_line(to_name),
        subject=header_line(subject),
        text=text,
        html=html,
        files=[one.plain() for one in files],
        due_at=at,
        until=until or at + GOOD_FOR,
    )
    if once is None:
        mail.save(force_insert=True)
        return True
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    return Mail.objects.filter(key=mail.key).exists()


def take_due(*, at: datetime) -> Mail | None:
    """The oldest that is due, ours for a while: written down as being sent before it is.

    One whose sender died is sent again under the same Message-ID: better twice than never, where
    one reader waits for it.
    """
    owed = Mail.objects.waiting().filter(due_at__lte=at)
    for mail in owed.order_by("due_at", "pk")[:5]:
        mine = owed.filter(pk=mail.pk, tries=mail.tries)
        taken = {"state": State.SENDING, "tries": F("tries") + 1, "tried_at": at}
        if mine.update(**taken, due_at=at + LEASE):
            mail.tries += 1
            return mail
    return None


def is_more_due(*, at: datetime) -> bool:
    """Whether another look is worth it."""
    return Mail.objects.waiting().filter(due_at__lte=at).exists()


def note_sent(mail: Mail, *, at: datetime) -> None:
    """The server took it. What was attached need not be kept any longer."""
    _of_try(mail).update(state=State.SENT, sent_at=at, told="", files=[])


def note_failed(mail: Mail, *, told: str, for_good: bool, at: datetime) -> None:
    """Tried again later, unless the server refused it for good or nobody waits for it."""
    again = None if for_good else due_after(mail.tries, at=at, until=mail.until)
    state = State.WAITING if again else State.FAILED
    _of_try(mail).update(state=state, due_at=again or at, told=told[:300])


def _of_try(mail: Mail) -> MailQuerySet:
    return Mail.objects.filter(pk=mail.pk, state=State.SENDING, tries=mail.tries)


def send_again(mail: Mail, *, at: datetime) -> bool:
    """What was given up is owed once more; whether it was."""
    given_up = Mail.objects.filter(pk=mail.pk, state=State.FAILED)
    fresh = {"state": State.WAITING, "tries": 0, "due_at": at, "until": at + GOOD_FOR}
    return bool(given_up.update(**fresh))


def forget_old(*, at: datetime) -> int:
    """What was sent or given up long ago: it holds what people were told."""
    old = Mail.objects.filter(created_at__lt=at - KEPT_FOR)
    return old.filter(state__in=[State.SENT, State.FAILED]).delete()[0]
