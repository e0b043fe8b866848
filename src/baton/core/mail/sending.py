"""Gives what is due to the mail server that the settings name, outside any transaction."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from baton.core.mail import actions
from baton.core.mail.actions import Attached
from baton.core.mail.models import Mail
from baton.core.mail.rules import is_refused, message_id
from baton.core.settings.queries import organisation

LONGEST = 20.0  # seconds in which one job takes up new ones


def send_due(*, now: Callable[[], datetime], longest: float = LONGEST) -> bool:
    """All that is due; whether more is left for the next job.

    Without a mail server nothing is tried and all waits; a house that was restored and is not
    armed writes to nobody.
    """
    if not settings.MAIL_IS_SET_UP or not organisation().is_armed:
        return False
    until, connection = monotonic() + longest, get_connection()
    try:
        while monotonic() < until:
            mail = actions.take_due(at=now())
            if mail is None:
                return False
            _send(mail, connection, now=now)
    finally:
        with suppress(OSError):
            connection.close()
    return actions.is_more_due(at=now())


def _send(mail: Mail, connection: BaseEmailBackend, *, now: Callable[[], datetime]) -> None:
    if mail.until <= now():
        told = _("It was too old when a mail server could be reached.")
        actions.note_failed(mail, told=told, for_good=True, at=now())
        return
    try:
        connection.open()
        connection.send_messages([message_of(mail, connection)])
    except ValueError as error:  # an address or header that no mail can bear
        actions.note_failed(mail, told=str(error), for_good=True, at=now())
    except OSError as error:  # smtplib's own are some, too
        with suppress(OSError):
            connection.close()
        code, told = _said(error)
        actions.note_failed(mail, told=told, for_good=is_refused(code), at=now())
    else:
        actions.note_sent(mail, at=now())


def message_of(mail: Mail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """What leaves: automatic (RFC 3834), so that no out-of-office answers it."""
    name = mail.to_name.replace('"', "")
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[sanitize_address((name, mail.to), "utf-8") if name else mail.to],
        connection=connection,
        headers={
            "Message-ID": message_id(str(mail.key), host=_host()),
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for kept in mail.files:
        file = Attached.from_plain(kept)
        message.attach(file.name, file.content, file.type)
    return message


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _said(error: OSError) -> tuple[int | None, str]:
    """The server's code, if it gave one, and its words."""
    answers = getattr(error, "recipients", None) or {}
    for code, words in answers.values():
        return code, f"{code} {_text(words)}"
    code = getattr(error, "smtp_code", None)
    if code is not None:
        return code, f"{code} {_text(getattr(error, 'smtp_error', ''))}"
    return None, str(error) or type(error).__name__


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
