"""What was undone after it was sealed, and has not been swept out of the files yet."""

from django.db.models import Min, Q, QuerySet

from baton.core.facts import FactsRetracted
from baton.core.facts.models import Cursor, FactRecord


def heard_by_all() -> int:
    """Up to this position of the log every subscriber has done what an undo asks of them."""
    line = Cursor.objects.filter(name=Cursor.LINE).values_list("position", flat=True).first()
    others = Cursor.objects.exclude(name=Cursor.LINE).aggregate(Min("position"))
    slowest = others["position__min"]
    return (line or 0) if slowest is None else min(line or 0, slowest)


def undone_since(position: int, until: int | None = None) -> QuerySet[FactRecord]:
    """The facts that tell of an undo after that position; without an end also those that have no
    position yet."""
    told = FactRecord.objects.filter(name=FactsRetracted.name, batch__isnull=False)
    fresh = Q(position__gt=position) | Q(position=None)
    return told.filter(fresh if until is None else Q(position__gt=position, position__lte=until))
