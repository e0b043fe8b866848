"""What Django knows per request (language, zone, addresses, connection), kept by the thread.

Django keeps it where code that awaits finds it again. There is none here: a thread works for one
request at a time. A page asks for these some 1,400 times, and three calls of Python each time were
a tenth of all that it did.
"""

from threading import local

from django.db import connections
from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real

PLACES = (
    (trans_real, "_active"),
    (timezone, "_active"),
    (urls, "_prefixes"),
    (urls, "_urlconfs"),
    (connections, "_connections"),
)


def keep_by_thread() -> None:
    """Once, before anything is kept."""
    for owner, name in PLACES:
        getattr(owner, name)  # a Django that keeps it elsewhere is noticed
        setattr(owner, name, local())
