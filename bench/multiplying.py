"""A company told by the demo, so many times as large: each copy of its people brings all that
hangs on them, under new ids, in one statement a table.

A year of a million takes the demo more than an hour, this takes minutes, and reports find what they
would find in a house: visits, forms, handoffs, verdicts, deals, customers.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from baton.core.facts.models import Cursor, FactRecord
from baton.core.search.indexes import indexes
from baton.core.search.keeping import make_anew
from baton.records.duplicates.models import MatchKey, Pair
from baton.records.people.models import Company, Person
from baton.sales.deals.models import Deal

Model = type[models.Model]
ROOTS: tuple[Model, ...] = (Person, Company)
# Of the house, not of its people; nobody is booked twice at one time.
ONCE = {"reviews", "improvements", "plans", "goals", "demo", "scheduling"}
# Plain ids, as facts have them.
NAMED: dict[str, Model] = {
    "person_id": Person,
    "company_id": Company,
    "deal_id": Deal,
    "fact_id": FactRecord,
    "latest_fact_id": FactRecord,
}
# Whose kind another column tells.
TYPED = ("object_id", "record_id", "first_id", "second_id", "kept_id", "merged_id")


def multiply(times: int) -> None:
    """The people there are, and ``times`` - 1 like them."""
    spans = {model: _largest(model) for model in _multiplied()}
    last = FactRecord.objects.aggregate(Max("position"))["position__max"]
    told = [_statement(model, spans, last) for model in spans if spans[model]]
    with _bare():
        for number in range(1, times):
            with transaction.atomic(), connection.cursor() as cursor:
                for sql in told:
                    cursor.execute(sql.replace("{n}", str(number)))
    Cursor.objects.filter(position=last).update(position=last * times)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(spans)):
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def _bare() -> AbstractContextManager[None]:
    """Without asking for what is pointed at, and without indexes, which are made anew in the end:
    kept up while millions of rows come they cost more than all else."""
    return _bare_sqlite() if connection.vendor == "sqlite" else _bare_postgres()


@contextmanager
def _bare_sqlite() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)
        made = cursor.fetchall()
        cursor.execute("PRAGMA foreign_keys = OFF")
        for name, _sql in made:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, sql in made:
            cursor.execute(sql)
        cursor.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _bare_postgres() -> Iterator[None]:
    """Also without triggers, so that the words of all records are told anew."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES_OF_POSTGRES)
        made = cursor.fetchall()
        cursor.execute("SET statement_timeout = 0; SET session_replication_role = replica")
        for name, _sql in made:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET session_replication_role = origin; SET maintenance_work_mem = '1GB'")
        for _name, sql in made:
            cursor.execute(sql)
        cursor.execute("ANALYZE")  # else it reads all mail addresses for each person
        for index in indexes:
            make_anew(index)


# But for those of tables in which the triggers of the search look something up.
_INDEXES = """
    SELECT made.name, made.sql FROM sqlite_schema AS made
    WHERE made.type = 'index' AND made.sql IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sqlite_schema AS told
        WHERE told.type = 'trigger' AND instr(told.sql, made.tbl_name) > 0
    )
"""
_INDEXES_OF_POSTGRES = """
    SELECT indexrelid::regclass, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class AS tables ON tables.oid = indrelid
    WHERE NOT indisunique AND relnamespace = 'public'::regnamespace
"""


def _multiplied() -> list[Model]:
    """What stands on a person or a company, or names one; in the end what stands on that."""
    found: set[Model] = {*ROOTS, FactRecord, MatchKey, Pair}
    known = [one for one in apps.get_models() if one._meta.managed and not _is_once(one)]
    while more := {one for one in known if one not in found and _stands_on(one, found)}:
        found |= more
    return [one for one in known if one in found]


def _is_once(model: Model) -> bool:
    return model._meta.app_label in ONCE


def _stands_on(model: Model, found: set[Model]) -> bool:
    fields = model._meta.concrete_fields
    return any(field.related_model in found or field.name in NAMED for field in fields) or (
        {"object_type", "object_id"} <= {field.name for field in fields}
    )


def _largest(model: Model) -> int:
    return model._base_manager.aggregate(most=Max("pk"))["most"] or 0


def _statement(model: Model, spans: dict[Model, int], last: int) -> str:
    """{n} is the number of the copy."""
    meta = model._meta
    fields = [one for one in meta.concrete_fields if not getattr(one, "generated", False)]
    names = ", ".join(f'"{one.column}"' for one in fields)
    values = ", ".join(_value(one, model, spans, last) for one in fields)
    table, own = meta.db_table, meta.pk.column
    return (
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" '  # noqa: S608 -- our own tables
        f'WHERE "{own}" <= {spans[model]}'
    )


def _value(field: Any, model: Model, spans: dict[Model, int], last: int) -> str:
    column = f'"{field.column}"'
    if field.primary_key and not field.is_relation:
        return f"{column} + {{n}} * {spans[model]}"
    pointed = field.related_model if field.is_relation else NAMED.get(field.name)
    if pointed in spans:
        return f"{column} + {{n}} * {spans[pointed]}"
    if field.name in TYPED:
        return _typed(column, spans)
    if field.name == "position" and model is FactRecord:
        return f"{column} + {{n}} * {last}"
    if isinstance(field, models.UUIDField) and field.unique:
        is_lite = connection.vendor == "sqlite"
        return "lower(hex(randomblob(16)))" if is_lite else "gen_random_uuid()"
    if isinstance(field, models.CharField | models.TextField) and _is_alone(field, model, spans):
        return f"CASE WHEN {column} = '' THEN '' ELSE '{{n}}-' || {column} END"
    return column


def _typed(column: str, spans: dict[Model, int]) -> str:
    kinds = {str(one._meta.verbose_name).replace(" ", "_"): spans[one] for one in spans}
    cases = " ".join(f"WHEN '{kind}' THEN {span}" for kind, span in kinds.items())
    return f"{column} + {{n}} * CASE object_type {cases} ELSE 0 END"


def _is_alone(field: Any, model: Model, spans: dict[Model, int]) -> bool:
    """Whether two rows may not have the same, whomever they are of."""
    return field.unique or any(
        field.name in names and not any(_moves(model, name, spans) for name in names)
        for names in _together(model)
    )


def _together(model: Model) -> Iterator[tuple[str, ...]]:
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint):
            yield tuple(one.fields)


def _moves(model: Model, name: str, spans: dict[Model, int]) -> bool:
    field: Any = model._meta.get_field(name)
    return field.related_model in spans or name in NAMED or name in TYPED
