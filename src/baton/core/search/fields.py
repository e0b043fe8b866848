"""Words as Django asks for them: ``people.filter(words__words__begin=text)``."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler

from baton.core.limits import hidden
from baton.core.search.indexes import WEIGHTS, Index, indexes
from baton.core.search.typed import Typed


class WordsField(models.TextField):  # type: ignore[type-arg] # not generic when run
    """All words of a row. SQLite asks them of a column that has the table's name."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "text" if connection.vendor == "sqlite" else "tsvector"


class Words(models.Model):
    """One row a living record, kept by triggers: nobody else writes it.

    A model names its record (``record_of``) and stands for the table of an ``Index``.
    """

    class Meta:
        abstract = True
        managed = False


def record_of(kind: type[models.Model]) -> "models.OneToOneField[Any, Any]":
    """The record that a row of words is of; no foreign key in the database."""
    return models.OneToOneField(
        kind,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="words",
    )


@WordsField.register_lookup
class Begin(Lookup[Any]):
    """Each typed word begins one of the row's, in any order; a text without any finds nothing.

    Nor does what is hidden from whoever searches.
    """

    lookup_name = "begin"

    def get_prep_lookup(self) -> Typed:
        return self.rhs if isinstance(self.rhs, Typed) else Typed.of(self.rhs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        if not self.rhs.asked:
            raise EmptyResultSet
        left, values = self.process_lhs(compiler, connection)
        index = indexes.find(self.lhs.target.model._meta.db_table)
        assert index
        places = self.places(index)
        is_all = len(places) == len(index.parts)
        # The text is a parameter as it is, and which parts are meant stands in the SQL.
        if connection.vendor == "sqlite":
            names = " ".join(index.parts[place].name for place in places)
            asked = "%s" if is_all else f"'{{{names}}} : (' || %s || ')'"
            return f"{left} MATCH {asked}", [*values, self.rhs.asked]
        weights = "" if is_all else "".join(WEIGHTS[place] for place in places)
        asked = f"REPLACE(%s, ':*', ':*{weights}')" if weights else "%s"
        return f"{left} @@ {asked}::tsquery", [*values, self.rhs.asked]

    def places(self, index: Index) -> list[int]:
        return index.places_without(hidden(index.object_type))


@WordsField.register_lookup
class Called(Begin):
    """The same of what the record is called alone."""

    lookup_name = "called"

    def places(self, index: Index) -> list[int]:
        return [0]


@WordsField.register_lookup
class Hold(Begin):
    """The same of all parts, whoever asks: beside a narrower question, which says what they may."""

    lookup_name = "hold"

    def places(self, index: Index) -> list[int]:
        return [*range(len(index.parts))]
