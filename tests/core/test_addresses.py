"""The one address of the database, as people write it."""

import pytest

from baton.config.database import database

PARTS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("postgresql://baton@db.example/crm", ("crm", "baton", "", "db.example", "")),
        (
            "postgresql://baton:p%40ss%2Fw%C3%B6rd@db.example:6432/crm",
            ("crm", "baton", "p@ss/wörd", "db.example", "6432"),
        ),
        (
            "postgresql://baton@/crm?host=/run/postgresql",
            ("crm", "baton", "", "/run/postgresql", ""),
        ),
    ],
)
def test_postgres_address_is_taken_apart(address, parts):
    described = database(address)

    assert tuple(described[name] for name in PARTS) == parts


def test_further_settings_of_postgres_are_handed_on():
    options = database("postgresql://baton@db.example/crm?sslmode=verify-full")["OPTIONS"]

    assert options["sslmode"] == "verify-full"
    assert "lock_timeout" in options["options"]


def test_postgres_gives_up_statements_and_locks_in_time():
    options = database("postgresql://baton@db.example/crm", longest=15)["OPTIONS"]["options"]

    for limit in (
        "statement_timeout=15000",
        "lock_timeout=5s",
        "idle_in_transaction_session_timeout=30s",
    ):
        assert limit in options


def test_sqlite_address_names_a_file_or_none():
    assert database("sqlite:////srv/baton/b%20c.sqlite3")["NAME"] == "/srv/baton/b c.sqlite3"
    assert database("sqlite:///")["NAME"] == ":memory:"
