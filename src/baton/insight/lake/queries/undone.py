"""What was undone after it was sealed, and has not been swept out of the files yet."""

from django.db.models import Min, Q, QuerySet

from baton.core.facts import FactsRetracted
from baton.core.facts.models import Cursor, FactRecord, ParkedFact
from baton.core.facts.subscribers import subscribers


def heard_by_all() -> int:
    """Up to this position of the log whoever listens has done what an undo asks of them."""
    line = Cursor.objects.filter(name=Cursor.LINE).values_list("position", flat=True).first()
    told = FactRecord.objects.filter(name=FactsRetracted.name)
    parked = ParkedFact.objects.filter(fact__in=told).values("fact")
    names = [one.name for one in subscribers.values() if FactsRetracted.name in one.names]
    slowest = Cursor.objects.filter(name__in=names).aggregate(Min("position"))["position__min"]
    unheard = Q(pk__in=parked) if slowest is None else Q(pk__in=parked) | Q(position__gt=slowest)
    first = told.filter(unheard).aggregate(Min("position"))["position__min"]
    return (line or 0) if first is None else min(line or 0, first - 1)


def undone_since(position: int, until: int | None = None) -> QuerySet[FactRecord]:
    """The facts that tell of an undo after that position; without an end also those that have no
    position yet."""
    told = FactRecord.objects.filter(name=FactsRetracted.name, batch__isnull=False)
    fresh = Q(position__gt=position) | Q(position=None)
    return told.filter(fresh if until is None else Q(position__gt=position, position__lte=until))
