"""Ids that the lake told, as something to filter rows of the database by."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

LISTS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT CAST(value AS bigint) FROM jsonb_array_elements_text(CAST(%s AS jsonb))",
}


def among(ids: Iterable[int]) -> RawSQL:
    """``rows.filter(pk__in=among(ids))``: one parameter, however many there are."""
    return RawSQL(LISTS[connection.vendor], [json.dumps(list(ids))])  # noqa: S611 -- our own words
