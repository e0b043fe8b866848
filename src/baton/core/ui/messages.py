"""What a person is told after an act: one short sentence, with a way back where there is one."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise

UNDO = "undo:"


def say(request: HttpRequest, text: str | Promise, *, undo_url: str | None = None) -> None:
    """A toast. ``undo_url`` adds a button that posts there."""
    messages.success(request, str(text), extra_tags=f"{UNDO}{undo_url}" if undo_url else "")


def undo_url_of(message: Message) -> str:
    """The address behind Undo, or "" when the act has no way back."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
