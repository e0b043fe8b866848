from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from baton.insight.analytics.queries import PipelineQuestion, pipeline
from baton.insight.analytics.tests.factories import a_deal
from baton.records.people.tests.factories import AT, a_company
from baton.records.purchases.models import Product
from baton.sales.deals.models import DealLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_rates_and_velocity_follow_their_formulas(rep):
    for amount, days in ((1000, 10), (3000, 30)):
        closed_at = AT + timedelta(days=days)
        a_deal(None, state="won", amount=amount, owner=rep, closed_at=closed_at)
    a_deal(None, state="lost", owner=rep)
    a_deal(None, owner=rep, amount=500)
    a_deal(None, owner=rep, opened_at=None, amount=None)

    [row] = pipeline(PipelineQuestion(by="rep")).rows

    assert (row.label, row.created, row.open, row.won, row.lost) == ("Teo", 5, 2, 2, 1)
    assert (row.won_amount, row.open_amount, row.undated) == (4000, 500, 1)
    assert (row.win_rate, row.close_ratio) == (pytest.approx(2 / 3), 0.4)
    assert (row.median_cycle_days, row.mean_cycle_days) == (20, 20)
    # 2 open x 2,000 x 2/3 / 20 days
    assert row.sales_velocity == Decimal("133.33")


def test_nothing_won_leaves_the_rates_unknown():
    a_deal(None)

    total = pipeline(PipelineQuestion(by="rep")).total

    assert (total.win_rate, total.close_ratio, total.sales_velocity) == (None, 0, None)


def test_product_shares_a_deal_by_its_lines_and_a_missing_company_is_a_group():
    desk, chair = (
        Product.objects.create(name=name, sort_key=name.casefold()) for name in ("Desk", "Chair")
    )
    both = a_deal(None, state="won", amount=900)
    for product, price in ((desk, 600), (chair, 300)):
        DealLine.objects.create(deal=both, product=product, quantity=1, price=price)
    one = a_deal(None, state="won", amount=500, company=a_company(name="Halden"))
    DealLine.objects.create(deal=one, product=desk, quantity=1, price=650)

    products, companies = (pipeline(PipelineQuestion(by=by)) for by in ("product", "company"))
    by_product = {row.label: row.won_amount for row in products.rows}
    by_company = {row.label: row.won_amount for row in companies.rows}

    assert by_product == {"Desk": 1100, "Chair": 300}
    assert by_company == {"Halden": 500, "": 900}
    assert products.total.won_amount == 1400


def test_lines_count_in_the_companys_currency_and_without_a_rate_not_at_all():
    desk, chair = (
        Product.objects.create(name=name, sort_key=name.casefold()) for name in ("Desk", "Chair")
    )
    for base in (720, None):
        deal = a_deal(None, state="won", amount=900, base_amount=base, currency="USD")
        for product, price in ((desk, 600), (chair, 300)):
            DealLine.objects.create(deal=deal, product=product, quantity=1, price=price)

    report = pipeline(PipelineQuestion(by="product"))

    assert {row.label: row.won_amount for row in report.rows} == {"Desk": 480, "Chair": 240}
    assert {row.won_priced for row in report.rows} == {1}
    assert report.total.won_amount == 720


def test_each_figure_has_its_own_day_in_a_period(rep):
    def day(number):
        return AT + timedelta(days=number)

    a_deal(None, owner=rep, opened_at=day(-90))  # open now
    a_deal(None, owner=rep, opened_at=None, created_at=day(2))  # undated, brought in
    a_deal(None, owner=rep, opened_at=None, created_at=day(60))
    early: dict[str, Any] = {"owner": rep, "opened_at": day(-30)}
    a_deal(None, state="won", amount=3000, closed_at=day(10), **early)
    a_deal(None, state="lost", closed_at=day(3), **early)
    a_deal(None, state="lost", closed_at=day(90), **early)
    a_deal(None, state="won", amount=7000, owner=rep, opened_at=day(4), closed_at=day(60))
    period: dict[str, Any] = {"from_on": AT.date(), "to_on": day(20).date()}

    row = pipeline(PipelineQuestion(by="rep", **period)).total

    assert (row.created, row.undated, row.open, row.won, row.lost) == (2, 1, 3, 1, 1)
    assert (row.win_rate, row.close_ratio) == (0.5, 0.5)
    assert (row.won_amount, row.median_cycle_days) == (3000, 40)
    # 3 open x 3,000 x 1/2 / 40 days
    assert row.sales_velocity == Decimal("112.50")


def test_rep_sees_deals_of_the_own_team_only(rep, outsider):
    a_deal(None, owner=rep)
    a_deal(None, owner=outsider)

    assert pipeline(PipelineQuestion(by="rep", user=rep)).total.created == 1
