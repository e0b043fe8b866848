"""Words of addresses that several lists understand."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django.http import QueryDict
from django.utils.dateparse import parse_date

AS, BY, BOARD = "as", "by", "board"  # as=board&by=stage: a column for each choice of that field
MORE, COLUMN, WAS = "more", "column", "was"  # of a board: cards shown, whose, where one stood
CURSORS = ("after", "before", MORE, COLUMN, WAS)  # a place in the list: it begins anew without
ASKED = "filter"  # conditions, see core.filters
SORT, GROUP, CLOSED = "sort", "group", "closed"
CHART, SUMS, THEN = "chart", "sum", "then"  # of the figures that stand in place of the rows
YEARS = range(1970, 2200)  # all that anybody means


def days_back(asked: Mapping[str, str]) -> int | None:
    """``days=28``: only what is that young; None for no number, or one that nobody means."""
    text = asked.get("days", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return int(text) if is_number else None


def day_of(text: str) -> date | None:
    """None for what is no day, and for one of a year that nobody means."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def turned(asked: QueryDict, *, without: Iterable[str] = (), **changes: str) -> str:
    """The same list with something changed, on the first page unless a cursor is given."""
    return _address(dict(asked.lists()), without, {name: [one] for name, one in changes.items()})


def turned_to(asked: QueryDict, name: str, values: list[str]) -> str:
    """The same list with exactly these values of a word."""
    return _address({**dict(asked.lists()), name: values}, (), {})


def _address(
    words: dict[str, list[str]], without: Iterable[str], changes: Mapping[str, list[str]]
) -> str:
    """As a QueryDict writes it, whose copies take longer than all else: a page asks for dozens."""
    for name in (*CURSORS, *without):
        words.pop(name, None)
    words.update(changes)
    return _written(words)


def changed(asked: QueryDict, changes: Mapping[str, Any]) -> str:
    """The address with these words in place of its own; None takes one away."""
    words = dict(asked.lists())
    for name, value in changes.items():
        if value is None:
            words.pop(name, None)
        else:
            words[name] = [*map(str, value)] if isinstance(value, list) else [str(value)]
    return _written(words)


def _written(words: Mapping[str, list[str]]) -> str:
    pairs = [f"{_quoted(name)}={_quoted(one)}" for name, values in words.items() for one in values]
    return f"?{'&'.join(pairs)}"


_quoted = lru_cache(maxsize=2_048)(quote_plus)
