"""Rows about people of whom few are meant, without a look at each person.

SQLite reads the whole of a person, which is long, to know one column of it, also where an index has
that column. So it gathers those few from their partial index, once a statement; its condition must
be worded as the index has it. PostgreSQL joins, by itself as is quicker.
"""

from django.db import connection
from django.db.models import Q

from baton.records.people.models.people import Person, PersonQuerySet


def in_trash() -> Q:
    """Rows of people who are gone: to leave them out."""
    few = Person.objects.exclude(deleted_at=None)
    return _gathered(few, otherwise=Q(person__deleted_at__isnull=False))


def found_by_sales() -> Q:
    """Rows of people whom sales found itself: to leave them out."""
    few = Person.objects.filter(origin="sales")
    return _gathered(few, otherwise=Q(person__origin="sales"))


def _gathered(few: PersonQuerySet, *, otherwise: Q) -> Q:
    return Q(person__in=few.values("pk")) if connection.vendor == "sqlite" else otherwise
