"""Texts that no database holds: with a NUL, or with half a sign."""

import json
import re
from typing import Any

from django.http import HttpRequest

from baton.core.api.problems import Problem

_SUSPECT = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)  # as JSON writes either


def refuse_unwritable(request: HttpRequest) -> None:
    """Raises Problem 422. Most bodies hold no suspect at all: only then they are read again."""
    if "\0" in request.headers.get("Idempotency-Key", ""):
        raise Problem(422, "The Idempotency-Key has a NUL in it.")
    if _SUSPECT.search(request.body) and not _holds(request.body):
        raise Problem(422, "A text has a NUL or half a sign in it: no database holds that.")


def _holds(body: bytes) -> bool:
    """Also where the route takes no body, and nobody has read it before."""
    try:
        return _is_writable(json.loads(body))
    except ValueError as error:
        raise Problem(400, "The body is not JSON.") from error
    except RecursionError as error:
        raise Problem(422, "The body is nested too deeply.") from error


def _is_writable(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, dict):
        return all(_is_writable(part) for pair in value.items() for part in pair)
    return all(map(_is_writable, value)) if isinstance(value, list) else True
