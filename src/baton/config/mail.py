"""The mail server, from one address: ``smtp://user:password@host:587``."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from baton.config.environment import BadEnvironment

BACKENDS = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
}
PORTS = {"smtp": 587, "smtps": 465}
HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """``is_tls``: the connection begins in the clear and turns to TLS (STARTTLS, RFC 3207)."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    is_tls: bool = False
    is_ssl: bool = False
    folder: str = ""


def mail_server(address: str) -> MailServer | None:
    """None where no address is given: mail then waits. Raises BadEnvironment."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError as error:
        raise BadEnvironment(_said(address)) from error
    if scheme not in BACKENDS or (scheme in PORTS and not host):
        raise BadEnvironment(_said(address))
    asks_tls = parse_qs(parts.query).get("tls", ["no" if host in HERE else "yes"])[0] != "no"
    return MailServer(
        backend=BACKENDS[scheme],
        host=host,
        port=port or PORTS.get(scheme, 0),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=scheme == "smtp" and asks_tls,
        is_ssl=scheme == "smtps",
        folder=unquote(parts.path) if scheme == "file" else "",
    )


def _said(address: str) -> str:
    return (
        f"BATON_MAIL begins with {address.partition(':')[0]!r}: write smtp://user:password@host:587"
        " (or smtps://…:465)."
    )
