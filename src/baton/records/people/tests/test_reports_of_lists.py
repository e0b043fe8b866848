"""Lists as reports: revenue added up in one currency, own days by month and quarter."""

from datetime import date
from decimal import Decimal

import pytest

from baton.core.fields.actions import limit_field
from baton.core.fields.tests.factories import a_field
from baton.core.money.models import Rate
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db
COMPANIES = "/people/companies/"


def figures(page):
    return [
        (str(line.words), line.count, [words for words, _url in line.figures])
        for line in page.context["list"].figures.lines
    ]


def test_revenue_is_added_up_in_the_companys_currency(company, rep, signed_in):
    Rate.objects.create(
        currency="USD", base_currency="EUR", on=date(2020, 1, 1), rate=Decimal("0.5"), source="ECB"
    )
    for amount, currency in [(1000, "EUR"), (400, "USD"), (900, "CHF"), (None, "")]:
        a_company(owner=rep, industry="Food", annual_revenue=amount, revenue_currency=currency)

    page = signed_in(rep).get(
        COMPANIES, {"group": "industry", "sum": "annual_revenue", "chart": "annual_revenue.sum"}
    )

    assert figures(page) == [("Food", "4", ["€1,200", "€600", "€200", "€1,000"])]
    assert "Revenue a year: 2 without a figure are left out." in page.content.decode()


def test_role_that_does_not_see_revenue_adds_up_none(company, rep, signed_in):
    hidden = {"hidden_for": [rep.role]}
    limit_field(object_type="company", name="annual_revenue", values=hidden, by=None, at=AT)
    a_company(owner=rep, annual_revenue=1000, revenue_currency="EUR")

    page = signed_in(rep).get(COMPANIES, {"group": "industry", "chart": "count"})

    assert "annual_revenue" not in [one.name for one in page.context["list"].figures.sums]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ("month", [("Jan 2027", "1"), ("Mar 2027", "2"), ("Apr 2027", "1"), ("No date", "1")]),
        ("quarter", [("Q1 2027", "3"), ("Q2 2027", "1"), ("No date", "1")]),
    ],
)
def test_list_is_grouped_by_months_of_an_own_day(company, rep, signed_in, span, words):
    a_field("Contract end", kind="date")
    for day in ["2027-01-31", "2027-03-01", "2027-03-31", "2027-04-01", None]:
        a_person(owner=rep, custom={"contract_end": day} if day else {})
    browser, group = signed_in(rep), f"custom.contract_end.{span}"

    report = browser.get("/people/", {"group": group, "chart": "count"})
    rows = browser.get("/people/", {"group": group}).context["list"].rows

    assert [(name, count) for name, count, _figures in figures(report)] == words
    assert [one.words for row in rows for one in row.groups] == [name for name, _count in words]
    behind = [line.url for line in report.context["list"].figures.lines]
    totals = [str(browser.get("/people/" + url).context["list"].total) for url in behind]
    assert totals == [count for _name, count in words]


def test_months_of_a_hidden_field_are_hidden(company, rep, signed_in):
    a_field("Contract end", kind="date", hidden_for=[rep.role])
    a_person(owner=rep, custom={"contract_end": "2027-01-31"})

    page = signed_in(rep).get("/people/", {"group": "custom.contract_end.month"})

    assert page.context["list"].grouping is None
