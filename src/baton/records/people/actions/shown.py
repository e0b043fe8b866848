"""Values that other modules own and people show: lists at a million rows never join upwards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from baton.core.bulk import update_rows
from baton.core.columns import Column, update_columns, usual
from baton.records.people.models import Company, Person

SHOWN = frozenset(
    {"stage", "stage_at", "lead_at", "mql_channel", "mql_campaign", "fit", "engagement", "score"}
    | {"grade", "persona", "latest_touch", "latest_touch_at"}
)


def show(*, person_id: int, **values: Any) -> None:
    """Write shown values of one person, for the module that owns them. No history, no fact."""
    show_many({person_id: values})


def show_companies(values: Mapping[int, Mapping[str, Any]]) -> None:
    """How far companies are, by id, for lifecycle. No history, no fact."""
    update_rows(Company, values, fields=["stage", "stage_at"])


def show_company_scores(values: Mapping[int, Mapping[str, Any]]) -> None:
    """Score and grade of companies, by id, for scoring. No history, no fact."""
    update_rows(Company, values, fields=["score", "grade"])


def show_many(values: Mapping[int, Mapping[str, Any]]) -> None:
    """Shown values by person id, in a few statements; ids that are gone are left out."""
    alike: dict[frozenset[str], dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for person_id, shown in values.items():
        _refuse_others(shown)
        alike[frozenset(shown)][person_id] = shown
    with transaction.atomic(savepoint=False):
        for names, rows in alike.items():
            columns = {name: [one[name] for one in rows.values()] for name in sorted(names)}
            update_columns(Person, list(rows), columns)


def shown_columns(values: Sequence[Mapping[str, Any]]) -> dict[str, Column]:
    """The same of new people, by the columns that they are written with."""
    names = {name for shown in {frozenset(one) for one in values} for name in shown}
    _refuse_others(names)
    fields = [field for field in Person._meta.concrete_fields if field.name in names]
    begins = {field.name: field.get_default() for field in fields}
    return {name: usual([one.get(name, begins[name]) for one in values]) for name in names}


def _refuse_others(names: Iterable[str]) -> None:
    if unknown := {*names} - SHOWN:
        raise TypeError(f"Not shown values: {', '.join(sorted(unknown))}")
