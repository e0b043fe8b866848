"""What a proxy says of a request is believed only of a proxy of ours."""

import pytest
from django.http import HttpResponse

from baton.config.middleware import TrustedProxies


@pytest.mark.parametrize(
    ("peer", "forwarded", "sender", "scheme"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9", "https"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9", "https"),
        ("10.0.0.1", "2001:db8::7", "2001:db8::7", "https"),
        ("10.0.0.1", "", "10.0.0.1", "https"),
        ("10.0.0.1", "<script>", "10.0.0.1", "https"),
        ("198.51.100.4", "203.0.113.9", "198.51.100.4", "http"),
    ],
)
def test_sender_and_scheme_come_from_our_proxies_alone(
    rf, settings, peer, forwarded, sender, scheme
):
    settings.TRUSTED_PROXIES = ["10.0.0.1", "10.0.0.2"]
    request = rf.get(
        "/",
        REMOTE_ADDR=peer,
        HTTP_X_FORWARDED_FOR=forwarded,
        HTTP_X_FORWARDED_PROTO="https",
    )

    TrustedProxies(lambda request: HttpResponse())(request)

    assert (request.META["REMOTE_ADDR"], request.scheme) == (sender, scheme)


def test_sign_in_works_behind_a_proxy_that_ends_tls(client, settings, admin):
    settings.TRUSTED_PROXIES, settings.ALLOWED_HOSTS = ["127.0.0.1"], ["crm.example"]
    admin.set_password("correct-horse-1")
    admin.save()
    client.handler.enforce_csrf_checks = True
    proxied = {
        "host": "crm.example",
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-proto": "https",
        "origin": "https://crm.example",
        "referer": "https://crm.example/sign-in/",
    }
    page = client.get("/sign-in/", headers=proxied)

    answer = client.post(
        "/sign-in/",
        {
            "username": admin.email,
            "password": "correct-horse-1",
            "csrfmiddlewaretoken": page.context["csrf_token"],
        },
        headers=proxied,
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
