"""Imports: beside the same rows put into the same tables by ``executemany``."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from baton.operations.administration.actions import set_up
from baton.operations.exchange.actions import import_files
from baton.operations.exchange.models import ImportedRow
from baton.operations.exchange.rules.recipe_file import read_recipe
from bench.figures import Figure, put_back, rows_in, seconds
from bench.files import maven_like, olist_like

RECIPES = Path(__file__).parents[1] / "examples" / "recipes"
WANTED = 20  # seconds for each of the real data sets
REAL = {
    "olist": [
        "olist/olist_marketing_qualified_leads_dataset.csv",
        "olist/olist_closed_deals_dataset.csv",
    ],
    "maven": [
        f"maven_crm/{name}.csv"
        for name in ("accounts", "products", "sales_teams", "sales_pipeline")
    ],
}


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


def olist() -> Iterator[Figure]:
    """8,000 leads and 842 won deals."""
    yield from _invented("olist", olist_like)


def maven() -> Iterator[Figure]:
    """8,800 opportunities."""
    yield from _invented("maven", maven_like)


def real() -> Iterator[Figure]:
    """The data sets themselves, where BATON_REAL_DATA names their folder."""
    folder = Path(os.environ.get("BATON_REAL_DATA", ""))
    for name, files in REAL.items():
        paths = [folder / file for file in files]
        if os.environ.get("BATON_REAL_DATA") and all(path.exists() for path in paths):
            _empty()
            took = seconds(partial(_bring_in, name, paths))
            word = "under" if took < WANTED else "NOT under"
            yield Figure(f"import of {name} itself, {word} {WANTED} s", took, "s")


def _invented(name: str, make: Callable[[Path], list[Path]]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        paths = make(Path(folder))
        _empty()
        lines = sum(len(path.read_text().splitlines()) - 1 for path in paths)
        took = seconds(partial(_bring_in, name, paths))
        tables = rows_in()
        count = sum(len(rows) for _columns, rows in tables.values())
        what = f"import of {lines:,} lines like {name}'s: {count:,} rows"
        yield Figure(what, took, "s", put_back(tables))
        again = seconds(partial(_bring_in, name, paths))
        known = seconds(lambda: rows_in(ImportedRow._meta.db_table))  # by which it sees that
        yield Figure("... the same again: all unchanged", again, "s", known)


def _bring_in(name: str, paths: Sequence[Path]) -> None:
    recipe = read_recipe(RECIPES / f"{name}.toml")
    tally = import_files(paths=paths, recipe=recipe, at=timezone.now())
    assert not tally.errors, tally.errors[:3]


def _empty() -> None:
    call_command("flush", verbosity=0, interactive=False)
    set_up(admin_email="ada@fennmark.example", password=None, at=timezone.now())


MEASURES = (olist, maven, real)
