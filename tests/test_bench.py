"""What the bench measures: its invented files are of the real ones' size and shape."""

import sys

import pytest
from django.db import connection, transaction

from baton.operations.exchange.actions.matching import plan
from baton.operations.exchange.rules.recipe_file import read_recipe
from bench import __main__ as bench
from bench import files
from bench.figures import Figure, recorded, send
from bench.imports import RECIPES
from tests.lab.models import Subject


@pytest.mark.parametrize(
    ("name", "make", "lines"),
    [
        ("olist", files.olist_like, {"leads.csv": 8000, "closed_deals.csv": 842}),
        (
            "maven",
            files.maven_like,
            {"accounts.csv": 85, "products.csv": 7, "sales_teams.csv": 35}
            | {"sales_pipeline.csv": 8800},
        ),
    ],
)
def test_invented_files_fit_the_recipe_of_the_real_ones(tmp_path, name, make, lines):
    paths = make(tmp_path)

    jobs = plan(paths, read_recipe(RECIPES / f"{name}.toml"))

    assert {job.sheet.name for job in jobs} == set(lines)
    assert {path.name: len(path.read_text().splitlines()) - 1 for path in paths} == lines


def test_invented_files_are_the_same_each_time(tmp_path):
    (tmp_path / "again").mkdir()

    first, again = files.olist_like(tmp_path), files.olist_like(tmp_path / "again")

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


@pytest.mark.parametrize(
    ("figure", "ratio"),
    [
        (Figure("import", 8.0, "s", 2.0), 4.0),
        (Figure("jobs", 500.0, "/s", 2000.0), 4.0),
        (Figure("numbering", 500.0, "/s"), None),
    ],
)
def test_ratio_says_how_many_times_the_bare_cost(figure, ratio):
    assert figure.ratio == ratio


def test_word_that_measures_nothing_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["bench", "sqlite", "impots"])
    monkeypatch.setattr(bench, "_measured", lambda *_asked: iter(()))

    with pytest.raises(SystemExit, match="by the name impots"):
        bench.main()


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_once_more_leaves_neither_rows_nor_a_transaction():
    with recorded() as statements, transaction.atomic():
        Subject.objects.create()

    send(statements)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # as a report does on SQLite
        cursor.execute("COMMIT")

    assert Subject.objects.count() == 1
