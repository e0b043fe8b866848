import pytest

from baton.config import environment
from baton.config.database import database
from baton.config.mail import mail_server


@pytest.mark.parametrize(
    ("name", "value", "ask", "refusal"),
    [
        ("BATON_PATIENCE", "long", environment.patience, "BATON_PATIENCE is long"),
        ("BATON_LONGEST_STATEMENT", "x", environment.longest_statement, "LONGEST_STATEMENT is x"),
        ("LOG_LEVEL", "loud", environment.log_level, "LOG_LEVEL is LOUD"),
        ("SEALING_KEY", "short", environment.sealing_keys, "SEALING_KEY has a key"),
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


def test_sealing_key_is_made_once_and_more_may_be_added(monkeypatch, tmp_path):
    monkeypatch.delenv("SEALING_KEY", raising=False)
    monkeypatch.setenv("BATON_HOME", str(tmp_path))
    [made] = environment.sealing_keys()
    path = tmp_path / "keys" / "sealing"
    path.write_text(f"{'B' * 43}=\n{made}\n")

    assert environment.sealing_keys() == ["B" * 43 + "=", made]
    assert path.stat().st_mode & 0o077 == 0


def test_key_file_that_stays_empty_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "PATIENCE", 1)
    monkeypatch.setenv("BATON_HOME", str(tmp_path))
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "sealing").touch()

    with pytest.raises(environment.BadEnvironment, match="sealing is empty"):
        environment.sealing_keys()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "smtp://a%40b:p%2Fw@mail.example",
            {"port": 587, "user": "a@b", "password": "p/w", "is_tls": True},
        ),
        ("smtp://mail.example:25?tls=no", {"port": 25, "is_tls": False}),
        ("smtp://127.0.0.1:1025", {"port": 1025, "is_tls": False}),
        ("smtps://mail.example", {"port": 465, "is_ssl": True, "is_tls": False}),
        ("file:///var/mail", {"folder": "/var/mail"}),
    ],
)
def test_mail_server_is_one_address(address, said):
    server = mail_server(address)

    assert {name: getattr(server, name) for name in said} == said


@pytest.mark.parametrize("address", ["mail.example", "smtp://", "http://x", "smtp://host:port"])
def test_address_of_no_mail_server_is_refused(address):
    with pytest.raises(environment.BadEnvironment, match="BATON_MAIL"):
        mail_server(address)


def test_without_an_address_there_is_no_mail_server():
    assert mail_server("") is None
