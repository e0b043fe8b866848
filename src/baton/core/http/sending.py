"""One request, one answer: no redirects, no proxies, ten seconds in all, bounded both ways."""

import http.client
import io
import socket
import ssl
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from baton.core.http.addresses import is_public, may_be_private

LONGEST = 10.0  # seconds, from the look-up to the last byte
MOST_SENT = 512 * 1024
MOST_READ = 4_096  # bytes of an answer: an excerpt for whoever looks
PORTS = {"https": 443, "http": 80}


class Refused(Exception):
    """Not an address that programs may be sent to; one sentence says why."""


class Unreachable(Exception):
    """No answer came; one sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    excerpt: str
    seconds: float


def check_url(url: str, *, private_hosts: Collection[str] = ()) -> SplitResult:
    """As far as it can be told without the network. Raises Refused."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("That is no address.") from error
    if not host or not host.isascii() or any(sign.isspace() or ord(sign) < 33 for sign in url):
        raise Refused("That is no address.")
    if parts.username or parts.password or parts.fragment:
        raise Refused("An address holds neither a name and password nor a fragment.")
    is_private = host in private_hosts
    if parts.scheme != "https" and not (parts.scheme == "http" and is_private):
        raise Refused("Only https addresses are called.")
    if port == 0:
        raise Refused("That is no address.")
    if not is_private and _is_address(host) and not is_public(host):
        raise Refused(f"{host} is not on the internet.")
    return parts


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    private_hosts: Collection[str] = (),
    longest: float = LONGEST,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Send it; any status is an answer, a redirect too. ``private_hosts`` are named by whoever
    runs the server. Raises Refused, Unreachable."""
    began = monotonic()
    parts = check_url(url, private_hosts=private_hosts)
    if len(body) > MOST_SENT:
        raise Refused("What should be sent is too long.")
    end = began + longest
    try:
        addresses = _looked_up(parts, end)
        _judge(parts, addresses, private_hosts)
        with _connected(parts, addresses, end, context) as line:
            line.settimeout(_left(end))
            line.sendall(_request(parts, headers, body))
            status, excerpt = _read(line, end)
    except TimeoutError as error:
        raise Unreachable(f"No answer within {longest:g} seconds.") from error
    except (OSError, http.client.HTTPException) as error:
        words = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise Unreachable(f"{words}."[:200]) from error
    return Answer(status=status, excerpt=excerpt, seconds=monotonic() - began)


def _is_address(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return False
    return True


def _looked_up(parts: SplitResult, end: float) -> list[str]:
    """Once: whoever answers otherwise a moment later is not asked again."""
    found: list[str] = []

    def look() -> None:
        with suppress(OSError, UnicodeError):
            known = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(one[4][0]) for one in known))

    # The system's resolver knows no timeout: it may go on alone.
    asking = Thread(target=look, daemon=True)
    asking.start()
    asking.join(_left(end))
    if asking.is_alive():
        raise TimeoutError
    if not found:
        raise Unreachable(f"There is no host called {parts.hostname}.")
    return found


def _judge(parts: SplitResult, addresses: list[str], private_hosts: Collection[str]) -> None:
    """All of them: one that leads inside is enough to refuse."""
    is_open = may_be_private if parts.hostname in private_hosts else is_public
    if not all(is_open(address) for address in addresses):
        raise Refused(f"{parts.hostname} leads to an address that is not on the internet.")


def _connected(
    parts: SplitResult, addresses: list[str], end: float, context: ssl.SSLContext | None
) -> socket.socket:
    """To an address that was judged; the certificate must be of the host all the same."""
    line = socket.create_connection((addresses[0], _port(parts)), timeout=_left(end))
    if parts.scheme == "http":
        return line
    try:
        line.settimeout(_left(end))
        trusted = context or ssl.create_default_context()
        return trusted.wrap_socket(line, server_hostname=parts.hostname)
    except BaseException:
        line.close()
        raise


def _request(parts: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    usual = {
        "Host": parts.netloc,
        "User-Agent": "Baton",
        "Accept": "*/*",
        "Connection": "close",
        "Content-Length": str(len(body)),
    }
    lines = [f"POST {path} HTTP/1.1", *(f"{k}: {v}" for k, v in {**usual, **headers}.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise Refused("A line break stands where none may be.")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


class _Timed(io.RawIOBase):
    """What comes, as long as there is time: a server that sends a byte a second gets no more."""

    def __init__(self, line: socket.socket, end: float) -> None:
        self.line, self.end = line, end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        self.line.settimeout(_left(self.end))
        return self.line.recv_into(buffer)


class _Line:
    """What http.client takes for a socket."""

    def __init__(self, line: socket.socket, end: float) -> None:
        self.file = io.BufferedReader(_Timed(line, end))

    def makefile(self, _mode: str) -> io.BufferedIOBase:
        return self.file


def _read(line: socket.socket, end: float) -> tuple[int, str]:
    answer = http.client.HTTPResponse(_Line(line, end), method="POST")  # type: ignore[arg-type]
    answer.begin()
    excerpt = answer.read(MOST_READ)
    return answer.status, excerpt.decode("utf-8", "replace").replace("\0", "")


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _left(end: float) -> float:
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
