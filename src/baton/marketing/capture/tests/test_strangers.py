from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from baton.core.strangers import ip_of, network_of
from baton.marketing.capture import pace, spool, strangers, tasks
from baton.marketing.capture.models import Hit
from baton.marketing.capture.tests.factories import a_page
from baton.marketing.capture.tests.strangers import Stranger

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix", ""),
        ("", ""),
    ],
)
def test_network_of_a_sender(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


def test_header_that_anybody_can_write_moves_nobody(rf, settings):
    """The door has read it; read again here, it would be believed of a sender behind a proxy."""
    settings.TRUSTED_PROXIES = ["203.0.113.9"]
    request = rf.get("/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="1.2.3.4")

    assert ip_of(request) == "203.0.113.9"


def test_visitor_is_read_from_a_signed_cookie_only():
    visitor = uuid4()

    assert strangers.read_visitor(strangers.sign_visitor(visitor)) == visitor
    assert strangers.read_visitor(str(visitor)) is None
    assert strangers.read_visitor(strangers.sign_visitor(visitor)[:-1] + "!") is None


def test_pages_of_one_network_are_counted_up_to_a_crowd(monkeypatch):
    monkeypatch.setattr(pace, "PAGES", 2.0)

    counted = [pace.may_count("a", at=MONDAY) for _ in range(3)]

    assert counted == [True, True, False]
    assert pace.may_count("b", at=MONDAY)
    assert pace.may_count("a", at=MONDAY + timedelta(seconds=1))


def test_networks_seen_longest_ago_are_forgotten(monkeypatch):
    monkeypatch.setattr(pace, "MOST_NETWORKS", 2)

    for network in "abc":
        pace.may_count(network, at=MONDAY)

    assert list(pace._levels) == ["b", "c"]


@pytest.mark.django_db
def test_network_that_sees_too_many_pages_is_answered_and_not_counted(
    monkeypatch, settings, tmp_path
):
    monkeypatch.setattr(pace, "PAGES", 2.0)
    monkeypatch.setattr(pace, "PAGE_REFILL", 3_600)  # however long a busy machine takes
    settings.SPOOL_ROOT = tmp_path / "spool"
    stranger, page = Stranger(), a_page()
    stranger.open(page)
    stranger.answer("yes")  # the first

    codes = {stranger.open(page).status_code for _ in range(3)}
    codes.add(stranger.client.post("/p/hit/", {"path": "/x"}).status_code)

    tasks.drain_spool.call()
    spool.close()
    assert codes == {200, 204}
    assert Hit.objects.count() == 2
