"""One person's mail however it is typed: for sign-in and for counting failures alike."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

LONGEST = 254


def folded(mail: str) -> str:
    """Upper case first: databases compare in it, and it folds signs that lower case keeps apart."""
    return mail.strip().upper().casefold()


def counted_mail(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name under which axes counts a failed sign-in: eight tries, not eight per spelling."""
    typed = (credentials or request.POST).get("username") or ""
    return folded(str(typed))[:LONGEST]
