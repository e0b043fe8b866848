import socket
from threading import Event

import pytest

from baton.core.http import Refused, Unreachable, check_url, post
from baton.core.http.addresses import is_public, may_be_private
from baton.core.http.tests.factories import answering, serving

HERE = {"127.0.0.1"}


def ask(url, **over):
    return post(url, **{"body": b"{}", "headers": {"A": "b"}, "private_hosts": HERE, **over})


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.0.170", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("0.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("no address", False),
    ],
)
def test_only_addresses_on_the_internet_are_public(address, is_open):
    assert is_public(address) is is_open


def test_nobody_may_name_where_clouds_keep_credentials():
    assert may_be_private("10.0.0.1")
    assert not may_be_private("169.254.169.254")
    assert not may_be_private("::ffff:169.254.169.254")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://me:pass@example.org/",
        "https://example.org/#part",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nX: y",
        "javascript:alert(1)",
    ],
)
def test_address_that_is_none_of_theirs_is_refused(url):
    with pytest.raises(Refused):
        check_url(url)


def test_any_status_is_an_answer_and_no_redirect_is_followed():
    with serving(answering(302, "over there", Location="http://169.254.169.254/")) as server:
        answer = ask(server.url)

    assert (answer.status, answer.excerpt) == (302, "over there")
    [(headers, body)] = server.asked
    assert (headers["a"], headers["user-agent"], body) == ("b", "Baton", b"{}")


def test_proxies_of_the_environment_are_not_asked(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serving(answering(200)) as server:
        assert ask(server.url).status == 200


def test_name_that_leads_inside_by_one_of_its_addresses_is_refused(monkeypatch):
    names = iter([["93.184.216.34", "169.254.169.254"], ["127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", lookup(names))

    for _name in range(2):
        with pytest.raises(Refused, match="not on the internet"):
            post("https://evil.example/", body=b"", headers={})


def lookup(names):
    def getaddrinfo(host, port, **over):
        if over.get("flags"):
            raise OSError
        return [(socket.AF_INET, 1, 6, "", (one, port)) for one in next(names)]

    return getaddrinfo


def test_name_that_changes_between_look_and_call_is_looked_up_once(monkeypatch):
    """Rebinding: the second answer would be an address inside."""
    names, reached = iter([["93.184.216.34"], ["127.0.0.1"]]), []
    monkeypatch.setattr(socket, "getaddrinfo", lookup(names))

    def connect(address, timeout):
        reached.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreachable, match="Connection refused"):
        post("https://evil.example/", body=b"", headers={})

    assert reached == [("93.184.216.34", 443)]


def test_slow_server_gets_no_more_than_its_seconds():
    over = Event()

    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        over.wait(5)

    with serving(drip) as server:
        with pytest.raises(Unreachable, match=r"within 0\.1 seconds"):
            ask(server.url, longest=0.1)
        over.set()


def test_answer_is_read_to_an_excerpt_only():
    with serving(answering(200, "x" * 100_000)) as server:
        assert len(ask(server.url).excerpt) == 4096


def test_what_is_no_http_is_no_answer():
    with (
        serving(lambda handler: handler.wfile.write(b"220 mail.example ESMTP\r\n")) as server,
        pytest.raises(Unreachable),
    ):
        ask(server.url)


def test_certificate_of_another_is_refused():
    """The server speaks no TLS at all: nothing is said to it in the clear."""
    with serving(answering(200)) as server:
        port = server.server_address[1]
        with pytest.raises(Unreachable):
            ask(f"https://127.0.0.1:{port}/", longest=1)
    assert server.asked == [] or server.asked[0][1] == b""
