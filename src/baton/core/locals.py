"""What Django knows per request (language, zone, addresses, connection), kept by the thread.

Django keeps it where code that awaits finds it again. There is none here: a thread works for one
request at a time. A page asks for these some 1,400 times, and three calls of Python each time were
a tenth of all that it did.
"""

from threading import local
from typing import Any

from django.db import connections
from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real

_words: Any = trans_real  # the stubs know nothing of what Django keeps for itself
_urls: Any = urls
PLACES = (
    (_words, "_active"),
    (timezone, "_active"),
    (_urls, "_prefixes"),
    (_urls, "_urlconfs"),
    (connections, "_connections"),
)


def keep_by_thread() -> None:
    """Once, before anything is kept."""
    for owner, name in PLACES:
        getattr(owner, name)  # a Django that keeps it elsewhere is noticed
        setattr(owner, name, local())


def language() -> Any:
    """That of who reads, as Django keeps it: one object each."""
    return getattr(_words._active, "value", None)


def here() -> tuple[Any, ...]:
    """What a text depends on that is otherwise always the same: the language, and below which
    addresses this request lies."""
    return (
        getattr(_words._active, "value", None),
        getattr(_urls._prefixes, "value", None),
        getattr(_urls._urlconfs, "value", None),
    )
