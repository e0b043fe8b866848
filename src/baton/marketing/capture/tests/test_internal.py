"""Visits from own networks and by own machines are marked, give no points and do not count."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.core.facts.models import FactRecord
from baton.core.settings.models import Organisation
from baton.marketing.capture import spool, strangers
from baton.marketing.capture.actions import take_hits, tell_visits
from baton.marketing.capture.models import Page, Visit, Visitor
from baton.marketing.capture.queries.counts import visits_on, with_page_counts
from baton.marketing.capture.rules.internal import (
    BadNetwork,
    read_networks,
    read_words,
    why_internal,
)
from baton.marketing.capture.rules.visits import read_seen
from baton.marketing.capture.tests.factories import AT, a_hit, a_page
from baton.records.people.tests.factories import a_person

NETWORKS = ["203.0.113.0/24", "2001:db8::/48"]


@pytest.mark.parametrize(
    ("ip", "agent", "why"),
    [
        ("203.0.113.9", "Firefox", "own network"),
        ("203.0.114.9", "Firefox", ""),
        ("::ffff:203.0.113.9", "Firefox", "own network"),
        ("2001:db8:0:7::1", "Firefox", "own network"),
        ("2001:db9::1", "Firefox", ""),
        ("198.51.100.1", "Uptime-Check/2.0", "own machine"),
        ("::ffff:cb00:7109", "Firefox", "own network"),  # the same in hexadecimal
        ("::ffff:203.0.114.9", "Firefox", ""),
        (None, "", ""),
    ],
)
def test_why_internal(ip, agent, why):
    assert why_internal(ip=ip, agent=agent, networks=NETWORKS, machines=["uptime-check"]) == why


def test_networks_are_read_once_each():
    assert read_networks("203.0.113.7/24, 203.0.113.0/24\n192.0.2.1") == [
        "203.0.113.0/24",
        "192.0.2.1/32",
    ]
    assert read_words("Uptime-Check, uptime-check ,curl") == ["uptime-check", "curl"]


@pytest.mark.parametrize("ip", ["10.0.0.5", "::ffff:10.0.0.5", "::ffff:a00:5"])
@pytest.mark.parametrize("network", ["::ffff:10.0.0.5/128", "::ffff:10.0.0.0/104", "10.0.0.0/8"])
def test_a_network_in_the_words_of_ipv6_is_the_same_network(ip, network):
    """Also one that was kept in those words."""
    assert why_internal(ip=ip, agent="", networks=[network], machines=[]) == "own network"
    assert why_internal(ip="192.0.2.1", agent="", networks=[network], machines=[]) == ""


def test_networks_in_the_words_of_ipv6_are_kept_as_what_they_are():
    assert read_networks("::ffff:10.0.0.5, ::ffff:10.0.0.0/104, 10.0.0.0/8") == [
        "10.0.0.5/32",
        "10.0.0.0/8",
    ]
    with pytest.raises(BadNetwork):
        read_networks("::ffff:0.0.0.0/96")


@pytest.mark.parametrize("text", ["office", "203.0.113.0/33", "0.0.0.0/0", "::/0"])
def test_no_network_of_one_company_is_refused(text):
    with pytest.raises(BadNetwork):
        read_networks(text)


def look(client, page, **headers):
    """Opens the page as a browser that allowed to be remembered; the visit that came of it."""
    client.cookies[strangers.VISITOR] = strangers.sign_visitor(
        Visitor.objects.create(consented_at=AT).key
    )
    before = set(Visit.objects.values_list("pk", flat=True))
    client.get(page.public_path(), **headers)
    spool.close()
    for path in spool.take_files():
        take_hits(hits=list(spool.lines_in(path, read_seen)))
        path.unlink()
    return Visit.objects.exclude(pk__in=before).get()


@pytest.fixture
def page(company):
    Organisation.objects.update(own_networks=NETWORKS, own_machines=["uptime-check"])
    return a_page()


@pytest.mark.django_db
def test_visits_of_our_own_are_marked_and_do_not_count(client, page, marketer):
    own = look(client, page, REMOTE_ADDR="203.0.113.9")
    machine = look(client, page, HTTP_USER_AGENT="Uptime-Check/2.0")
    stranger = look(client, page, REMOTE_ADDR="198.51.100.1")

    whys = [own.internal, machine.internal, stranger.internal]
    assert whys == ["own network", "own machine", ""]
    counted = with_page_counts(Page.objects.all(), user=marketer).get()
    assert vars(counted)["visit_count"] == 1
    assert list(visits_on(page, user=marketer)) == [stranger]


@pytest.mark.django_db
def test_fact_of_such_a_visit_is_no_touch_and_says_why(client, page):
    own, stranger = look(client, page, REMOTE_ADDR="203.0.113.9"), look(client, page)
    Visit.objects.filter(pk__in=[own.pk, stranger.pk]).update(person=a_person())

    tell_visits(at=own.ended_at + timedelta(hours=1))

    facts = FactRecord.objects.filter(name="visit.made").order_by("pk")
    told = {fact.payload["visit_id"]: (fact.touch, fact.payload["machine"]) for fact in facts}
    assert told == {own.pk: ("none", "own network"), stranger.pk: ("theirs", "")}


@pytest.mark.django_db
def test_visit_says_on_its_page_that_it_does_not_count(client, page, signed_in, marketer):
    own = look(client, page, REMOTE_ADDR="203.0.113.9")

    shown = signed_in(marketer).get(reverse("capture:visit", args=[own.key])).content.decode()

    assert "From an own network" in shown


def test_line_of_an_earlier_version_is_read():
    line = a_hit(uuid4()).plain()
    del line["internal"]

    assert read_seen(line).internal == ""
