"""What a person is told after an act: one short sentence, with a way back where there is one."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise

UNDO = "undo:"
LINK = "link:"


def say(
    request: HttpRequest,
    text: str | Promise,
    *,
    undo_url: str | None = None,
    link: tuple[str, str] | None = None,
) -> None:
    """A toast. ``undo_url`` adds a button that posts there, ``link`` words that lead on."""
    tags = [f"{UNDO}{undo_url}"] if undo_url else []
    if link:
        words, url = link
        tags.append(f"{LINK}{url} {words}")
    messages.success(request, str(text), extra_tags="\n".join(tags))


def undo_url_of(message: Message) -> str:
    """The address behind Undo, or "" when the act has no way back."""
    return _tag(message, UNDO)


def link_of(message: Message) -> tuple[str, str]:
    """The address that the message leads on to, and its words; empty where it leads nowhere."""
    url, _blank, words = _tag(message, LINK).partition(" ")
    return url, words


def _tag(message: Message, mark: str) -> str:
    tags = (message.extra_tags or "").splitlines()
    return next((tag.removeprefix(mark) for tag in tags if tag.startswith(mark)), "")
