"""Each derived value that a page shows says, there and then, where it comes from."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.html import escape

from baton.core.access.roles import Role
from baton.core.facts.numbering import seat_subscribers
from baton.core.words import words
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.qualification.handoff.actions import qualify_person
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_rep,
    an_agreement,
)
from baton.qualification.scoring.actions import ensure_default_rules
from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import win_deal
from baton.sales.deals.tests.factories import a_deal
from conftest import drain_background, hire, set_up_fennmark

pytestmark = pytest.mark.django_db
DESK = {"clock", "score", "fit", "engagement"}
BOARD = {"open-pipeline", "weighted", "won-amount", "median-cycle", "conversion"}


@pytest.fixture(scope="module")
def admin(lasting):
    set_up_fennmark()
    return hire("Ada", Role.ADMIN)


@pytest.fixture(scope="module")
def house(admin):
    """A lead whom a campaign brought, a deal of theirs, an agreement with its clock."""
    seat_subscribers()
    an_agreement()
    ensure_default_rules(at=AT)
    rep = a_rep("Teo")
    a_default_pool(rep)
    campaign = a_campaign(code="spring", starts_on=date(2026, 1, 1))
    a_cost(campaign=campaign)
    person = a_person(full_name="Ann Lund", campaign="spring", channel="email")
    handoff = qualify_person(person_id=person.pk, at=AT, form=a_form_sent(person))
    deal = a_deal(person=person, owner=admin, amount=Decimal(1000))
    now = timezone.now()
    win_deal(deal=a_deal(owner=admin, at=now), by=admin, at=now)
    drain_background()
    return {"person": person, "campaign": campaign, "deal": deal, "handoff": handoff}


def explained(page):
    """The words whose meaning the page tells."""
    html = page.content.decode()
    return {key for key, word in words().items() if f'title="{escape(word.definition)}"' in html}


@pytest.mark.parametrize(
    ("url", "whys"),
    [
        ("person", {"opportunity", "score", "fit", "engagement", "origin", "channel", "source"}),
        ("campaign", {"campaign-leads", "cpl"}),
        ("deal", {"weighted"}),
        ("/people/", {"lifecycle", "score", "latest-touch", "owner", "source"}),
        ("/campaigns/", {"campaign-leads", "cost", "cpl"}),
        ("/deals/", BOARD),
        ("/leads/?tab=team", {"clock"}),
        ("/", {"lead", "mql", "won-amount", "cost", "attainment", "open-pipeline"}),
    ],
)
def test_each_derived_value_of_a_page_tells_its_rule(house, signed_in, admin, url, whys):
    if url in house:
        url = house[url].get_absolute_url()

    page = signed_in(admin).get(url)

    assert page.status_code == 200
    assert whys - explained(page) == set()


def test_desk_tells_points_promise_and_why_this_rep(house, signed_in, admin):
    page = signed_in(admin).get(f"/leads/{house['handoff'].key}/?tab=team")

    html = page.content.decode()
    assert {"clock", "fit", "engagement"} - explained(page) == set()
    assert "Why Teo" in html
    assert "threshold 70" in html
    assert "What the agreement promises" in html


def test_person_page_leads_to_the_points_and_the_decision(house, signed_in, admin):
    html = signed_in(admin).get(house["person"].get_absolute_url()).content.decode()

    assert "<summary>" in html
    assert f"/leads/{house['handoff'].key}/" in html
    assert "Became an MQL" in html


def test_deal_tells_how_likely_it_is_and_why(house, signed_in, admin):
    html = signed_in(admin).get(house["deal"].get_absolute_url()).content.decode()

    assert "by its stage" in html
