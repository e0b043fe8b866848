"""The record page and what is edited on it, with script and without."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def url(name, *args):
    return reverse(f"deals:{name}", args=args)


@pytest.fixture
def deal(company, rep):
    lead = a_person(full_name="Jonas Berg", company=a_company(name="Northwind"), owner=rep)
    return a_deal(by=rep, name="120 sensors", person=lead, amount=Decimal(48_000))


@pytest.fixture
def browser(rep, signed_in):
    return signed_in(rep)


def test_page_shows_what_is_known(deal, rep, browser):
    actions.set_lines(
        deal=deal,
        lines=[actions.Line(product=a_product(name="Sensor"), price=Decimal(210))],
        by=rep,
        at=AT,
    )

    html = browser.get(deal.get_absolute_url()).content.decode()

    for words in ("120 sensors", "Northwind", "Jonas Berg", "€210", "Sensor", "Deal opened"):
        assert words in html
    assert "Nobody wrote down what comes next" in html


def test_page_costs_the_same_for_a_short_and_a_long_story(
    deal, rep, browser, django_assert_max_num_queries
):
    page = deal.get_absolute_url()
    browser.get(page)
    with django_assert_max_num_queries(80) as short:
        browser.get(page)
    for name in ("Qualified", "Meeting", "Proposal", "Meeting", "Negotiation"):
        actions.move_deal(deal=deal, stage=a_stage(name), by=rep, at=AT)
    lines = [actions.Line(product=a_product(), price=Decimal(1)) for _ in range(8)]
    actions.set_lines(deal=deal, lines=lines, by=rep, at=AT)

    with django_assert_max_num_queries(len(short) + 2):  # the history of prices and stays appears
        browser.get(page)


def test_page_escapes_what_people_write(company, rep, browser):
    evil = "<script>alert(1)</script>"
    deal = a_deal(by=rep, name=evil, next_step=evil, person=a_person(full_name=f"X {evil}"))

    for page in (deal.get_absolute_url(), "/deals/", "/deals/?as=table", url("panel", deal.key)):
        assert "<script>alert" not in browser.get(page, headers=HTMX).content.decode()


def test_field_is_edited_in_place(deal, browser):
    address = url("field", deal.key, "amount")

    form = browser.get(address, headers=HTMX)
    saved = browser.post(address, {"version": 1, "amount": "€12.5k"}, headers=HTMX)

    assert 'value="48,000"' in form.content.decode()
    assert saved.status_code == 200
    assert "€12,500" in saved.content.decode()
    assert Deal.objects.get().amount == 12_500


def test_field_without_script_leads_back_to_the_page(deal, browser):
    saved = browser.post(url("field", deal.key, "close_on"), {"close_on": "2026-05-01"})

    assert (saved.status_code, saved["Location"]) == (302, deal.get_absolute_url())
    assert Deal.objects.get().close_on == date(2026, 5, 1)


REFUSED = [
    ("name", "  "),
    ("name", "x" * 201),
    ("amount", "plenty"),
    ("amount", "-5"),
    ("amount", "$5"),
    ("close_on", "20026-01-01"),
    ("close_on", "0001-01-01"),
    ("owner", "99999"),
]


def test_field_refuses_and_keeps_what_was_typed(deal, browser, subtests):
    for (name, text), headers in product(REFUSED, [{}, HTMX]):
        with subtests.test(name=name, text=text, headers=headers):
            answer = browser.post(url("field", deal.key, name), {name: text}, headers=headers)

            assert answer.status_code == 422
            assert "field-error" in answer.content.decode()
            assert Deal.objects.get().version == 1


def test_field_shows_the_lost_race_and_saves_at_the_second_try(deal, rep, browser):
    actions.edit_deal(deal=deal, values={"competitor": "Acme"}, by=rep, at=AT)
    address = url("field", deal.key, "competitor")

    lost = browser.post(address, {"version": 1, "competitor": "Paper"}, headers=HTMX)

    assert lost.status_code == 422
    assert "Somebody changed this" in lost.content.decode()
    assert Deal.objects.get().competitor == "Acme"


def test_field_that_is_none_is_not_there(deal, browser):
    assert browser.get(url("field", deal.key, "state")).status_code == 404
    assert browser.post(url("field", deal.key, "stage"), {"stage": "1"}).status_code == 404


def test_next_step_is_written_down(deal, browser):
    browser.post(url("next-step", deal.key), {"next_step": "Call", "next_step_on": "2026-03-09"})

    fresh = Deal.objects.get()
    assert (fresh.next_step, fresh.next_step_on) == ("Call", date(2026, 3, 9))


def test_lines_are_added_at_the_products_price_and_removed_again(deal, browser):
    product = a_product(price=Decimal(70), currency="EUR")
    sent = {"version": 1, "product": product.pk, "quantity": "2", "price": ""}

    added = browser.post(url("add-line", deal.key), sent, headers=HTMX)
    assert (added.status_code, Deal.objects.get().amount) == (200, 140)

    line = DealLine.objects.get()
    browser.post(url("remove-line", deal.key, line.key), headers=HTMX)
    browser.post(url("remove-line", deal.key, line.key), headers=HTMX)
    assert not DealLine.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"product": "x"}, {"product": 999_999, "quantity": 1}, {"quantity": "-1"}]
)
def test_line_form_refuses_bad_input(deal, browser, sent):
    answer = browser.post(url("add-line", deal.key), sent, headers=HTMX)

    assert answer.status_code == 422
    assert not DealLine.objects.exists()


def test_delete_and_its_undo(deal, browser):
    browser.post(url("delete", deal.key))
    assert browser.get(deal.get_absolute_url()).status_code == 404

    browser.post(url("undo", Change.objects.get(verb="deleted").batch))
    assert browser.get(deal.get_absolute_url()).status_code == 200


def test_panel_on_the_persons_page_lists_their_deals(deal, browser):
    html = browser.get(deal.person.get_absolute_url()).content.decode()

    assert "120 sensors" in html
    assert f"{url('new')}?person={deal.person.key}" in html
