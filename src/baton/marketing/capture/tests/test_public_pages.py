import errno
import os
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from baton.core.settings.actions import set_up_organisation
from baton.marketing.capture import spool, tasks
from baton.marketing.capture.actions import unpublish_page
from baton.marketing.capture.models import Hit, Visit, Visitor
from baton.marketing.capture.rules import Block, BlockKind
from baton.marketing.capture.tests.factories import AT, a_page
from baton.marketing.capture.tests.strangers import Stranger
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
KEY = "0198f1c2-7e2b-7c3d-9a4b-5c6d7e8f9a0b"


@pytest.fixture(autouse=True)
def _spool(tmp_path, settings):
    settings.SPOOL_ROOT = tmp_path / "spool"
    yield
    spool.close()


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def stranger():
    return Stranger()


def test_page_sets_no_cookie_before_consent(stranger):
    page = a_page()

    response = stranger.open(page)

    assert response.status_code == 200
    assert not response.cookies
    assert not stranger.client.cookies
    tasks.drain_spool.call()
    assert not Hit.objects.exists()


def test_page_shows_its_texts_and_never_html(stranger):
    blocks = [
        Block(id="a", kind=BlockKind.TEXT, texts={"text": "<script>alert(1)</script>"}),
        Block(id="b", kind=BlockKind.QUOTE, texts={"text": "It was <b>air</b>", "by": "Clara"}),
        Block(id="c", kind=BlockKind.CHART, texts={"title": "Load", "values": "3 1 2"}),
        Block(id="d", kind=BlockKind.FIGURES, texts={"items": "14 % | less energy | 2025"}),
        Block(id="e", kind=BlockKind.LIST, texts={"title": "Inside", "items": "4 | Read a curve"}),
        Block(id="f", kind=BlockKind.HEADING, texts={"text": "How it works"}),
        Block(id="g", kind=BlockKind.LINKS, texts={"items": "Bad | javascript:alert(1)"}),
    ]
    page = a_page(blocks=blocks)

    html = stranger.open(page).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "&lt;b&gt;air" in html
    assert "javascript:" not in html
    assert "14 %" in html
    assert "Read a curve" in html


@pytest.mark.parametrize("slug", ["nowhere", "consent-x"])
def test_unknown_page_is_404(slug):
    assert Client().get(f"/p/{slug}/").status_code == 404


def test_unpublished_page_is_404(stranger):
    page = a_page()
    unpublish_page(page=page, by=None, at=AT)

    assert stranger.open(page).status_code == 404


def test_consent_keeps_the_first_page_with_its_source(stranger, clock):
    page = a_page()
    stranger.open(
        f"{page.public_path()}?utm_source=linkedin&utm_medium=cpc&utm_campaign=linkedin-plants",
        referer="https://www.linkedin.com/",
    )
    clock.shift(timedelta(seconds=40))

    response = stranger.answer("yes")

    tasks.drain_spool.call()
    visit = Visit.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"{page.public_path()}?counted=1")
    assert (visit.channel, visit.source, visit.campaign) == (
        "paid_social",
        "linkedin",
        "linkedin-plants",
    )
    assert visit.started_at == AT
    assert Visitor.objects.get().consented_at == AT + timedelta(seconds=40)
    assert visit.landing_page == page.public_path()


def test_cookie_of_consent_is_closed_to_scripts_and_ends_after_13_months(stranger):
    stranger.open(a_page())

    cookie = stranger.answer("yes").cookies["baton_visitor"]

    assert UUID(cookie.value.partition(":")[0]).version == 7
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 395 * 24 * 3600


def test_page_after_the_answer_is_not_counted_twice(stranger):
    page = a_page()
    stranger.open(page)
    response = stranger.answer("yes")

    stranger.open(response["Location"])

    tasks.drain_spool.call()
    assert Hit.objects.count() == 1


def test_same_answer_sent_twice_counts_once(stranger):
    stranger.open(a_page())
    stranger.answer("yes")
    stranger.answer("yes")

    tasks.drain_spool.call()

    assert (Hit.objects.count(), Visitor.objects.count()) == (1, 1)


def test_three_pages_make_one_visit(stranger, clock):
    pages = [a_page(), a_page(), a_page()]
    stranger.open(f"{pages[0].public_path()}?utm_source=newsletter&utm_campaign=monthly-letter")
    stranger.answer("yes")
    for page in pages[1:]:
        clock.shift(timedelta(minutes=1))
        stranger.open(page, referer="http://testserver/p/welcome/")

    tasks.drain_spool.call()

    visit = Visit.objects.get()
    assert (visit.hit_count, visit.channel, visit.campaign) == (3, "email", "monthly-letter")
    assert list(Hit.objects.order_by("at").values_list("page", flat=True)) == [
        page.pk for page in pages
    ]


def test_no_is_remembered_and_nothing_else(stranger):
    page = a_page()
    stranger.open(page)

    stranger.answer("no")

    html = stranger.open(page).content.decode()
    tasks.drain_spool.call()
    assert set(stranger.client.cookies) == {"baton_declined"}
    assert "_arrival" not in html
    assert not Hit.objects.exists()


def test_yes_can_be_taken_back(stranger):
    stranger.open(a_page())
    stranger.answer("yes")

    stranger.answer("no")

    assert not stranger.client.cookies["baton_visitor"].value
    assert "You said no" in stranger.client.get("/p/consent/").content.decode()


@pytest.mark.parametrize("arrival", ["", "forged", "a:b:c", "x" * 5000])
def test_forged_arrival_keeps_no_hit_and_leads_nowhere_else(stranger, arrival):
    stranger.arrival = arrival

    response = stranger.answer("yes")

    tasks.drain_spool.call()
    assert response["Location"] == "/p/consent/"
    assert not Hit.objects.exists()


def test_links_hand_the_source_on_until_the_banner_is_answered(stranger):
    block = Block(id="l", kind=BlockKind.LINKS, texts={"items": "Pricing | pricing"})
    page = a_page(blocks=[block])
    address = f"{page.public_path()}?utm_source=xing&gclid=secret"

    asked = stranger.open(address).content.decode()
    stranger.answer("no")
    declined = stranger.open(address).content.decode()

    assert 'href="/p/pricing/?utm_source=xing"' in asked
    assert 'href="/p/pricing/"' in declined


@pytest.mark.parametrize(
    "value", ["", "x", "../../etc", "' OR 1=1", "0" * 5000, KEY, f"{KEY}:forged"]
)
def test_cookie_that_is_no_key_is_a_stranger(value):
    client = Client()
    client.cookies["baton_visitor"] = value

    response = client.get(a_page().public_path())

    tasks.drain_spool.call()
    assert response.status_code == 200
    assert not Hit.objects.exists()


def test_hostile_addresses_are_answered(stranger):
    page = a_page()
    stranger.open(page)
    stranger.answer("yes")

    response = stranger.open(
        f"{page.public_path()}?utm_source=%01%FF&utm_campaign={'x' * 3000}",
        referer="http://[broken\udcff".encode("utf-8", "ignore").decode(),
    )

    tasks.drain_spool.call()
    assert response.status_code == 200
    assert Hit.objects.count() == 2


def test_full_disk_is_503_with_a_time_to_come_back(stranger, monkeypatch):
    page = a_page()
    stranger.open(page)
    stranger.answer("yes")

    def full(handle: int, raw: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    response = stranger.open(page)

    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_another_site_cannot_answer_for_the_stranger(stranger):
    stranger.open(a_page())

    response = stranger.client.post(
        "/p/consent/",
        {"answer": "yes", "_arrival": stranger.arrival},
        headers={"origin": "https://evil.example"},
    )

    assert response.status_code == 403
    assert not stranger.client.cookies


def test_collected_hit_needs_the_cookie(stranger):
    stranger.open(a_page())
    before = stranger.client.post("/p/hit/", {"path": "/shop/", "title": "Shop"})
    stranger.answer("yes")

    after = stranger.client.post("/p/hit/", {"path": "/shop/", "title": "Shop\x07"})

    tasks.drain_spool.call()
    assert (before.status_code, after.status_code) == (204, 204)
    assert list(Hit.objects.order_by("at").values_list("path", "title"))[1:] == [("/shop/", "Shop")]


def test_page_costs_few_queries(stranger, django_assert_max_num_queries):
    page = a_page()

    with django_assert_max_num_queries(2):
        answer = stranger.open(page)

    assert page.title in answer.content.decode()


def test_page_wears_the_brand(stranger):
    set_up_organisation(name="Fennmark")

    html = stranger.open(a_page()).content.decode()

    assert "<b>Fennmark</b>" in html
    assert not Person.objects.exists()
