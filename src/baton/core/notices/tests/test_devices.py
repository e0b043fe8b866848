"""Browsers that a user allowed to show pushes, our own key, and what a browser installs."""

import pytest
from django.urls import reverse

from baton.core.notices.devices import BadDevice, name_of, push_key
from baton.core.notices.models import Device, PushKey
from baton.core.notices.tests.browsers import BrowserKeys, a_device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "clock", "own_hosts")]


def test_page_adds_tests_and_removes_a_device(pushed, rep, service, keys, signed_in):
    browser = signed_in(rep)
    sent = {
        "endpoint": service.url.replace("/hook?a=1", "/1"),
        "p256dh": keys.p256dh,
        "auth": keys.auth,
    }
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"

    for _twice in range(2):
        browser.post(reverse("notices:add-device"), sent, headers={"user-agent": agent})
    device = Device.objects.get()
    browser.post(reverse("notices:test-device", args=[device.key]))
    page = browser.get(reverse("notices:kinds")).content.decode()
    browser.post(reverse("notices:remove-device", args=[device.key]))

    assert device.name == "Chrome on Android"
    assert keys.opens(service.asked[0][1])["title"] == "A test from Baton"
    assert "Chrome on Android" in page
    assert not Device.objects.exists()


def test_devices_of_others_are_not_there(rep, colleague, service, keys, signed_in):
    device = a_device(rep, service, keys)
    browser = signed_in(colleague)

    for name in ("notices:test-device", "notices:remove-device"):
        assert browser.post(reverse(name, args=[device.key])).status_code == 404
    assert service.asked == []
    assert Device.objects.exists()


def test_browser_of_a_colleague_becomes_theirs(rep, colleague, service, keys):
    a_device(rep, service, keys)
    a_device(colleague, service, keys)

    assert Device.objects.get().user == colleague


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("endpoint", "https://10.0.0.1/x"),
        ("endpoint", "ftp://push.example/x"),
        ("endpoint", "https://push.example/" + "x" * 1000),
        ("p256dh", "AAAA"),
        ("p256dh", "&&&"),
        ("auth", "AAAA"),
    ],
)
def test_what_no_browser_gives_is_refused(rep, keys, signed_in, name, value):
    sent = {"endpoint": "https://push.example/1", "p256dh": keys.p256dh, "auth": keys.auth}

    answer = signed_in(rep).post(reverse("notices:add-device"), sent | {name: value})

    assert answer.status_code == 422
    assert answer.json() == {"told": "This browser gave no address for pushes."}
    assert not Device.objects.exists()


def test_nobody_keeps_devices_without_end(rep, service):
    for number in range(20):
        a_device(rep, service, BrowserKeys(), path=f"/{number}")

    with pytest.raises(BadDevice, match="many devices"):
        a_device(rep, service, BrowserKeys(), path="/20")


def test_our_key_is_made_once_and_lies_sealed():
    first, second = push_key(), push_key()

    assert first == second
    assert first[0] not in PushKey.objects.get().private


def test_lost_seal_makes_a_new_key_and_forgets_who_knew_the_old(rep, service, keys, settings):
    a_device(rep, service, keys)
    public = push_key()[1]
    settings.SEALING_KEYS = ["k" * 43 + "="]

    assert push_key()[1] != public
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko Firefox/130.0", "Firefox on Linux"),
        ("", "Browser on another system"),
    ],
)
def test_device_is_called_what_somebody_would_call_it(agent, name):
    assert name_of(agent) == name


def test_browser_may_install_baton(client):
    worker, manifest = client.get("/worker.js"), client.get("/manifest.webmanifest")

    assert worker["content-type"] == "text/javascript; charset=utf-8"
    assert worker["cache-control"] == "no-cache"
    assert manifest["content-type"] == "application/manifest+json"
    told = manifest.json()
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", "/", "/")
    assert {one["sizes"] for one in told["icons"]} == {"192x192", "512x512"}
    assert "manifest-src 'self'" in worker["content-security-policy"]
    assert len(worker.content) < 2_000
