"""Deals as a report: sums in the company's currency, of those one may see."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.records.people.tests.factories import a_person
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
STATE = "as=table&group=owner&sum=amount&chart=amount.sum"
URL = f"/deals/?{STATE}"


def figures(page):
    return [
        (str(line.words), line.count, [words for words, _url in line.figures])
        for line in page.context["list"].figures.lines
    ]


def test_sums_are_of_the_deals_one_may_see(company, rep, outsider, admin, signed_in):
    a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(100))
    a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(300))
    a_deal(by=outsider, person=a_person(owner=outsider), amount=Decimal(900))

    seen, all_of_them = signed_in(rep).get(URL), signed_in(admin).get(URL)

    assert figures(seen) == [("Teo", "2", ["€400", "€200", "€100", "€300"])]
    assert sorted(figures(all_of_them)) == [
        ("Otto", "1", ["€900", "€900", "€900", "€900"]),
        ("Teo", "2", ["€400", "€200", "€100", "€300"]),
    ]
    assert all_of_them.context["list"].figures.total.figures[0][0] == "€1,300"


def test_amount_without_a_rate_is_left_out_and_said(company, rep, signed_in):
    a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(100))
    a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(500), currency="CHF")

    page = signed_in(rep).get(URL)

    assert figures(page) == [("Teo", "2", ["€100", "€100", "€100", "€100"])]
    assert "Amount: 1 without a figure is left out." in page.content.decode()


def test_report_costs_the_same_however_many_deals(company, rep, signed_in):
    browser = signed_in(rep)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get(URL + "&then=stage")
        return len(queries)

    a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(100))
    cost()
    one = cost()
    for number in range(12):
        a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(number))

    assert cost() == one


def test_months_follow_the_companys_zone(company, rep, signed_in):
    a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(100))
    company.zone = "Europe/Berlin"
    company.save()
    Deal.objects.update(opened_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))

    page = signed_in(rep).get("/deals/?as=table&group=opened_at.month&chart=count")

    [line] = page.context["list"].figures.lines
    rows = signed_in(rep).get(f"/deals/{line.url}").context["list"]
    assert (line.words, line.url) == ("Apr 2026", "?as=table&among=opened_at.month%3A2026-04-01")
    assert rows.total == 1
