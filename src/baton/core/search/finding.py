"""Which rows of an indexed kind a typed text means."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, Value, When

from baton.core.search.fields import Words
from baton.core.search.typed import Typed

MOST_MEANT = 10_000


def found(rows: QuerySet[Any], text: str | Typed) -> QuerySet[Any]:
    """Each typed word begins one of theirs. Read from the index on, in no order."""
    return rows.filter(Q(words__words__begin=text))


def ids_found(rows: QuerySet[Any], text: str | Typed, *, among: type[Words]) -> QuerySet[Any]:
    """The ids of the same rows. The index holds what lives and nothing else: where all of that is
    meant it answers by itself, and no record is looked up to see whether it lives."""
    if _is_all_that_lives(rows):
        return among._base_manager.filter(Q(words__begin=text)).values("pk")
    return found(rows, text).order_by().values("pk")


def _is_all_that_lives(rows: QuerySet[Any]) -> bool:
    """Whether nothing narrows them but that they are not in the trash."""
    living = rows.model._base_manager.filter(deleted_at=None).query
    asked = rows.query
    is_plain = not (asked.is_sliced or asked.combinator or asked.distinct)
    return is_plain and asked.where == living.where


def found_in_order(rows: QuerySet[Any], text: str | Typed, *, among: type[Words]) -> QuerySet[Any]:
    """The same rows, read in the order that they are asked for: for a page of the many."""
    meant = among._base_manager.filter(Q(words__begin=text)).values("pk")
    # By no index of ids: SQLite would take all that are meant and sort them.
    in_order: QuerySet[Any] = rows.alias(one=F("pk") + 0).filter(Q(one__in=meant))
    return in_order


def first_found(rows: QuerySet[Any], text: str | Typed, *, most: int) -> QuerySet[Any]:
    """The first few: whose own name is meant before those whose mail or company is.

    Two ways through the index, each only as far as the first few that one may see, the newest
    first: a letter begins thousands, and to find the first by name all of them would be read.
    """
    ways = rows.filter(Q(words__words__called=text)), found(rows, text)
    named, others = (_among(way.order_by("-words__pk").values("pk")[:most]) for way in ways)
    rank = Case(When(named, then=Value(0)), default=Value(1))
    return rows.filter(named | others).order_by(rank, "sort_key", "pk")


def found_through(
    rows: QuerySet[Any], text: str | Typed, *, ways: Sequence[str], most: int
) -> QuerySet[Any]:
    """The first few of a kind without words of its own, by those of the records that it is about
    (``ways``: the names of its links), the newest of these first.

    Of records that a text means at most ``MOST_MEANT`` are looked at, the newest: a letter means
    nearly all there are, and few of them have one of this kind."""
    few = (_of(way, rows, text).order_by(f"-{way}").values("pk") for way in ways)
    return rows.filter(reduce(or_, (_among(way[:most]) for way in few))).order_by("-pk")


def _of(way: str, rows: QuerySet[Any], text: str | Typed) -> QuerySet[Any]:
    words = rows.model._meta.get_field(way).related_model._meta.get_field("words").related_model
    meant = words._base_manager.filter(words__begin=text).order_by("-pk").values("pk")[:MOST_MEANT]
    return rows.filter(**{f"{way}__in": meant})


def _among(few: QuerySet[Any]) -> Q:
    """As ``pk__in``. Two of them in one OR would have PostgreSQL read the whole table."""
    if connection.vendor != "postgresql":
        return Q(pk__in=few)
    any_of = Func(
        F("pk"),
        ArraySubquery(few),
        template="(%(expressions)s))",
        arg_joiner=" = ANY (",
        output_field=BooleanField(),
    )
    return Q(any_of)
