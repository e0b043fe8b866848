import pytest

from baton.config import environment
from baton.config.database import database


@pytest.mark.parametrize(
    ("name", "value", "ask", "refusal"),
    [
        ("BATON_PATIENCE", "long", environment.patience, "BATON_PATIENCE is long"),
        ("BATON_LONGEST_STATEMENT", "x", environment.longest_statement, "LONGEST_STATEMENT is x"),
        ("LOG_LEVEL", "loud", environment.log_level, "LOG_LEVEL is LOUD"),
        ("SECRET_KEY_FILE", "/nowhere", environment.secret_key, "SECRET_KEY_FILE names /nowhere"),
        ("BATON_HOME", "/dev/null/x", environment.secret_key, "/dev/null/x/keys cannot be made"),
        ("BATON_HOME", "/dev/null/x", environment.database_address, "/dev/null/x cannot be made"),
    ],
)
def test_variable_that_cannot_be_used_is_named(monkeypatch, name, value, ask, refusal):
    for unset in ("SECRET_KEY", "DATABASE_URL"):
        monkeypatch.delenv(unset, raising=False)
    monkeypatch.setenv(name, value)

    with pytest.raises(environment.BadEnvironment, match=refusal):
        ask()


@pytest.mark.parametrize("address", ["mysql://host/name", "postgresql://host:port/name", "name"])
def test_address_of_no_database_is_refused(address):
    with pytest.raises(environment.BadEnvironment, match="DATABASE_URL"):
        database(address)
