"""A report's table as a file: the same columns, order and groups as on the screen, in full."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from baton.core.ui.formats import unknown
from baton.core.ui.spreadsheets import harmless
from baton.insight.analytics.views.columns import Column, R, told
from baton.insight.analytics.views.tables import Frame
from baton.insight.analytics.words import ALL, BY, group_label

DIGITS = 4  # of a rate or a number of days


def csv_of(frame: Frame[R], rows: Sequence[R], total: R, *, name: str) -> HttpResponse:
    """All groups and the totals; figures plain, so that a spreadsheet can reckon with them."""
    columns = told(frame.columns, [*rows, total])
    head = [str(BY[frame.by]), *(_heading(column, frame.currency) for column in columns)]
    lines = [
        _line(columns, row, label=group_label(frame.by, row.label)) for row in frame.ordered(rows)
    ]
    return plain_csv(head, [*lines, _line(columns, total, label=str(ALL[frame.by]))], name=name)


def plain_csv(head: Sequence[str], lines: Iterable[Sequence[Any]], *, name: str) -> HttpResponse:
    """A file of these lines; what looks like a formula is none."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\N{BYTE ORDER MARK}")  # without it spreadsheets take umlauts for Latin-1
    # Some spreadsheets part cells at a semicolon: within quotes they do not.
    writer = csv.writer(response, quoting=csv.QUOTE_ALL)
    for line in [head, *lines]:
        writer.writerow([harmless(value) for value in line])
    return response


def _line(columns: Sequence[Column[R]], row: R, *, label: str) -> list[str]:
    return [label, *(_cell(column, row) for column in columns)]


def _heading(column: Column[Any], currency: str) -> str:
    return f"{column.full_label}, {currency}" if column.is_money else column.full_label


def _cell(column: Column[R], row: R) -> str:
    """What there was nothing to measure of stays empty; what nobody knows says so."""
    value = column.value(row)
    if column.is_moot(row):
        return ""
    if value is None:
        return unknown()
    if column.kind == "parts":
        return "; ".join(part.words for part in column.parts(row))
    exact = value if isinstance(value, int | Decimal) else round(value, DIGITS)
    return str(exact)
