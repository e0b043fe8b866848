"""Somebody looks at the prices: told once a day, to who owns their open deal."""

from datetime import timedelta
from uuid import uuid4

import pytest

from baton.core.facts import publish
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.marketing.capture.actions import take_hits, tell_visits
from baton.marketing.capture.events import VisitMade
from baton.marketing.capture.models import Visit, Visitor
from baton.marketing.capture.tests.factories import AT, a_hit
from baton.qualification.handoff.rules.prices import read_path, read_paths, shows_prices
from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import add_person, lose_deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
DAY = 24 * 60


@pytest.fixture
def ann(rep):
    return a_person(full_name="Ann Lind", owner=rep, emails=["ann@gmail.com"])


@pytest.fixture
def look(company, run_background):
    """Somebody opens a page, so many minutes after the first time."""
    company.price_pages = ["/p/prices"]
    company.save()

    def see(person, path="/p/prices", *, minute=0):
        visitor = uuid4()
        take_hits(hits=[a_hit(visitor, path=path, minute=minute)])
        Visitor.objects.filter(key=visitor).update(person=person)
        Visitor.objects.get(key=visitor).visits.update(person=person)
        tell_visits(at=AT + timedelta(minutes=minute + 60))
        run_background()

    return see


def told():
    rows = Notice.objects.filter(kind="deal.prices").order_by("pk")
    return list(rows.values_list("user__name", "what"))


def seen():
    return FactRecord.objects.filter(name="prices.seen").count()


def test_the_owner_of_the_open_deal_is_told_of_any_of_its_people(look, rep, colleague, ann):
    deal = a_deal(by=rep, person=ann, name="Meters")
    ben = a_person(full_name="Ben Moss", owner=rep)
    add_person(deal=deal, person=ben, by=rep, at=AT)

    look(ann)
    look(ben)

    assert told() == [(rep.name, "Ann Lind, Meters"), (rep.name, "Ben Moss, Meters")]


def test_once_a_day_a_person_and_again_on_the_next(look, rep, ann):
    a_deal(by=rep, person=ann, name="Meters")

    look(ann)
    look(ann, minute=90)
    assert seen() == 1
    look(ann, minute=DAY + 10)

    assert (seen(), len(told())) == (2, 2)


@pytest.mark.parametrize("path", ["/p/cases", "/p/prices-of-others", "/"])
def test_other_pages_tell_nothing(look, rep, ann, path):
    a_deal(by=rep, person=ann)

    look(ann, path)

    assert (seen(), told()) == (0, [])


def test_without_an_open_deal_nobody_is_told(look, rep, ann):
    lose_deal(deal=a_deal(by=rep, person=ann), reason="price", by=rep, at=AT)

    look(ann, "/p/prices/teams")

    assert (seen(), told()) == (1, [])


def test_own_staff_and_machines_never_alert(look, rep, ann, run_background):
    colleague = a_person(full_name="Own", emails=[rep.email])
    a_deal(by=rep, person=colleague)

    look(colleague)
    take_hits(hits=[a_hit(uuid4(), path="/p/prices")])
    visit = Visit.objects.latest("pk")
    publish(
        VisitMade(
            happened_at=AT, person_id=ann.pk, visit_id=visit.pk, channel="direct", pages=[],
            machine="scanner",
        )
    )  # fmt: skip
    run_background()

    assert (seen(), told()) == (0, [])


def test_without_any_page_named_nothing_is_told(look, rep, ann, company):
    company.price_pages = []
    company.save()
    a_deal(by=rep, person=ann)

    look(ann)

    assert seen() == 0


def test_paths_are_read_in_one_way():
    text = "https://fennmark.example/Pricing/?a=1, pricing\n/p/prices#top,, /"

    assert read_paths(text) == ["/pricing", "/p/prices"]
    assert read_path("/p/prices/") == "/p/prices"
    assert shows_prices(["/p/Prices/teams/"], pages=["/p/prices"])
    assert not shows_prices(["/p/prices2"], pages=["/p/prices"])


@pytest.mark.parametrize("text", ["https://[abc/pricing", "//[abc]/pricing", "/a://[b", "http://["])
def test_what_is_no_address_is_read_as_a_path_and_breaks_nothing(text):
    """Visitors send any path, and a setting is typed by hand."""
    assert not shows_prices([text], pages=["/b"])
    assert len(read_paths(text)) <= 1
