"""How far a stream may be sealed: below this nothing new will ever appear."""

from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import Max, Min, Model

from baton.core.facts.models import Cursor
from baton.marketing.capture.models import Hit, Visit
from baton.qualification.lifecycle.models import StageChange

QUIET = timedelta(minutes=40)  # after 30 a visit is over, and its hits have reached us
LONGEST_VISIT = timedelta(days=1)  # who never leaves holds nobody up
PATIENCE = "200ms"  # writers wait behind who waits for them


def reaches(name: str, *, at: datetime) -> int:
    """Up to which id the rows of the stream are complete, and will not change."""
    if name == "facts":
        return _facts()
    return _hits(at) if name == "hits" else _committed(StageChange)


def _facts() -> int:
    """Positions are given to what is visible, one after the other."""
    line = Cursor.objects.filter(name=Cursor.LINE).values_list("position", flat=True)
    return line.first() or 0


def _hits(at: datetime) -> int:
    """As far as all writers have committed, but for the visits that may still grow."""
    latest = _committed(Hit)
    fresh = Visit.objects.filter(started_at__gte=at - LONGEST_VISIT, ended_at__gte=at - QUIET)
    first = Hit.objects.filter(visit__in=fresh).aggregate(Min("id"))["id__min"]
    return latest if first is None else min(latest, first - 1)


def _committed(model: type[Model]) -> int:
    """The highest id below which all is visible. On PostgreSQL ids become visible out of order:
    whoever holds one now is waited for, and later ones get higher ids. SQLite has one writer at a
    time."""
    if connection.vendor == "sqlite":
        return _latest(model)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE MODE")
            return _latest(model)
    except OperationalError:  # a long writer: next time
        return 0


def _latest(model: type[Model]) -> int:
    return model._base_manager.aggregate(Max("id"))["id__max"] or 0
