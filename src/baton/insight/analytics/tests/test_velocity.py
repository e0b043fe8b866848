import csv
import io
import json
import random
from datetime import date, timedelta
from math import ceil
from statistics import mean, median
from typing import Any, get_args

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.api import schemas
from baton.insight.analytics.forms import PACES
from baton.insight.analytics.queries import (
    VELOCITY_COLUMNS,
    VELOCITY_GROUPS,
    PipelineQuestion,
    VelocityQuestion,
    deals_of_stage,
    deals_of_velocity,
    people_of_step,
    pipeline,
    stage_stays,
    step_stays,
    velocity,
)
from baton.insight.analytics.rules import end_of_month, months_until
from baton.insight.analytics.tests.factories import a_deal, a_lead, a_stage
from baton.insight.analytics.tests.test_screens import text_of
from baton.records.people.tests.factories import AT
from baton.records.purchases.models import Product
from baton.sales.deals.models import Deal, DealLine, StageEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]
URL, API = "/insight/velocity/", "/api/v1/analytics/velocity/"
ON = date(2026, 8, 20)


def day(number):
    return AT + timedelta(days=number)


def a_year_of_deals(seed, *owners, size=14):
    """Opened, won and lost as chance had it, with and without days and amounts."""
    chance = random.Random(seed)
    desk = Product.objects.create(name="Desk", sort_key="desk")
    chair = Product.objects.create(name="Chair", sort_key="chair")
    for _ in range(size):
        opened = chance.randrange(0, 120)
        state = chance.choice(["open", "won", "won", "lost"])
        closed = None if state == "open" else day(opened + chance.randrange(-3, 60))
        deal = a_deal(
            a_lead(channel=chance.choice(["email", "search", ""])),
            state=state,
            amount=chance.choice([None, 900, 1200, 5000]),
            owner=chance.choice(owners),
            opened_at=chance.choice([None, day(opened), day(opened)]),
            closed_at=closed,
            created_at=day(opened),
        )
        for product in chance.sample([desk, chair], chance.randrange(0, 3)):
            DealLine.objects.create(deal=deal, product=product, quantity=1, price=300)


def on_day(at):
    return at.astimezone(organisation_zone()).date()


def stood_open(deal, at_end):
    began = on_day(deal.opened_at or deal.created_at)
    closed = on_day(deal.closed_at) if deal.closed_at else None
    return min(began, closed or began) <= at_end and (closed is None or closed > at_end)


@pytest.mark.parametrize(
    ("by", "same"), [("rep", "rep"), ("team", "rep"), ("product", "product"), ("source", "rep")]
)
def test_velocity_is_the_pipelines_by_whatever_group(by, same, rep, outsider):
    a_year_of_deals(3, rep, outsider)
    days: dict[str, Any] = {"from_on": date(2026, 3, 10), "to_on": date(2026, 6, 30)}

    found = velocity(VelocityQuestion(on=ON, by=by, **days))

    expected = pipeline(PipelineQuestion(by=same, **days))
    assert found.total.sales_velocity == expected.total.sales_velocity
    assert found.total.sales_velocity is not None
    if by == same:
        assert {row.label: row.sales_velocity for row in found.rows} == {
            row.label: row.sales_velocity
            for row in expected.rows
            if row.open or row.won or row.lost
        }


def test_months_are_as_a_plain_reader_would_count_them(rep, outsider):
    a_year_of_deals(5, rep, outsider)

    report = velocity(VelocityQuestion(on=ON, user=rep))

    deals = list(Deal.objects.filter(owner=rep))
    assert [date.fromisoformat(row.group) for row in report.months] == months_until(ON)
    for row in report.months:
        month = date.fromisoformat(row.group)
        closed = [
            deal
            for deal in deals
            if deal.closed_at and on_day(deal.closed_at).replace(day=1) == month
        ]
        won = [deal for deal in closed if deal.state == "won"]
        known = [
            (deal.closed_at - deal.opened_at) / timedelta(days=1)
            for deal in won
            if deal.opened_at and deal.closed_at and deal.closed_at >= deal.opened_at
        ]
        assert row.open == sum(stood_open(deal, end_of_month(month)) for deal in deals)
        assert (row.won, row.lost) == (len(won), len(closed) - len(won))
        assert row.mean_cycle_days == (pytest.approx(mean(known)) if known else None)


def test_each_figure_counts_the_deals_behind_it(rep, outsider):
    a_year_of_deals(6, rep, outsider, size=10)
    asked = VelocityQuestion(on=ON, by="source", from_on=date(2026, 3, 20), user=rep)
    report = velocity(asked)

    for row, group in [(report.total, None), (report.rows[0], report.rows[0].group)]:
        counts = [
            len(deals_of_velocity(asked, column=column, group=group, month=None))
            for column in ("open", "won", "closed")
        ]
        assert counts == [row.open, row.won, row.won + row.lost]
    month = report.months[-3]
    on = date.fromisoformat(month.group)
    counts = [
        len(deals_of_velocity(asked, column=column, group=None, month=on))
        for column in ("open", "closed")
    ]
    assert counts == [month.open, month.won + month.lost]


def test_stages_tell_the_median_and_the_slow_tenth(rep):
    stage, days = a_stage("open"), [1, 2, 3, 4, 40]
    for number in days:
        deal = a_deal(None, owner=rep)
        StageEntry.objects.create(deal=deal, stage=stage, entered_at=AT, left_at=day(number))
    StageEntry.objects.create(deal=a_deal(None), stage=stage, entered_at=AT)  # is there still
    asked = VelocityQuestion(on=ON)

    stays = {stay.month: stay for stay in stage_stays(asked)}

    assert (stays[-1].count, stays[-1].median_days, stays[-1].slow_days) == (5, 3, 40)
    by_month = {asked.months[place]: stay.count for place, stay in stays.items() if place >= 0}
    assert by_month == {date(2026, 3, 1): 4, date(2026, 4, 1): 1}
    for month, count in [(None, 5), *by_month.items()]:
        assert len(deals_of_stage(asked, stage=stage.pk, month=month)) == count


def test_steps_tell_the_median_days_of_those_who_made_them(rep, outsider):
    chance, expected = random.Random(2), []
    for owner in (rep, rep, rep, rep, outsider):
        mql, customer = chance.randrange(0, 30), chance.randrange(30, 90)
        a_lead(owner=owner, steps={"mql": mql, "opportunity": 30, "customer": customer})
        if owner is rep:
            expected.append((mql, customer))
    asked = VelocityQuestion(on=ON, user=rep)

    stays = {stay.group: stay for stay in step_stays(asked) if stay.month == -1}

    to_mql, to_won = ([float(pair[place]) for pair in expected] for place in (0, 1))
    assert (stays["mql"].median_days, stays["won"].median_days) == (median(to_mql), median(to_won))
    assert stays["mql"].slow_days == sorted(to_mql)[ceil(len(to_mql) * 0.9) - 1]
    assert "sal" not in stays
    assert len(people_of_step(asked, step="won", month=None)) == stays["won"].count == 4


def test_page_tells_velocity_and_every_figure_opens(rep, outsider, signed_in):
    a_year_of_deals(8, rep, outsider, size=6)
    won = a_deal(a_lead(owner=rep, steps={"mql": 3, "customer": 9}), state="won", owner=rep)
    StageEntry.objects.create(deal=won, stage=a_stage("open"), entered_at=AT, left_at=day(4))
    client = signed_in(rep)

    page = client.get(URL)

    words = text_of(page)
    assert "Sales velocity" in words
    assert "Time from step to step, days" in words
    assert "Lead to MQL 3.0 3.0 1" in words
    assert "Time in each stage of a deal, days" in words
    grids = [page.context[name] for name in ("months", "steps", "stages")]
    urls = {cell.url for grid in grids for line in grid.lines for cell in line.cells if cell.url}
    table = page.context["table"]
    urls |= {cell.url for line in (*table.lines, table.total) for cell in line.cells if cell.url}
    for url in sorted(urls)[:: max(1, len(urls) // 8)]:
        assert client.get(url).context["list"].total, url


def test_empty_page_leads_on(admin, signed_in):
    client = signed_in(admin)

    assert "as soon as the first deal is opened. Open deals" in text_of(client.get(URL))
    days = text_of(client.get(f"{URL}?from=2026-01-01"))
    assert "No deal was closed in these days, and none is open. Show all time" in days


@pytest.mark.parametrize("asked", ["by=moon", "from=2026-02-30"])
def test_what_cannot_be_asked_is_refused(asked, admin, signed_in):
    for page in ("", "deals/", "people/", "export/"):
        assert signed_in(admin).get(f"{URL}{page}?{asked}").status_code == 422


def test_group_that_one_sees_nothing_of_is_not_named(rep, outsider, signed_in):
    a_deal(None, owner=outsider)

    answer = signed_in(rep).get(f"{URL}deals/?by=rep&group={outsider.key}&column=open")

    assert answer.status_code == 404


def test_file_holds_groups_total_and_months(admin, signed_in):
    a_deal(None, state="won", owner=admin)

    answer = signed_in(admin).get(f"{URL}export/")

    lines = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert [line[:4] for line in lines[1:3]] == [["Rep", "Ada", "0", "1"], ["Total", "", "0", "1"]]
    assert len(lines) == 3 + 12


def test_names_are_those_of_the_report():
    assert get_args(schemas.VelocityBy) == tuple(VELOCITY_GROUPS)
    assert get_args(schemas.VelocityColumn) == tuple(VELOCITY_COLUMNS)
    assert get_args(schemas.PaceStep) == PACES


def test_api_is_what_the_command_prints(admin, rep, outsider, api_client):
    a_year_of_deals(4, rep, outsider, size=5)
    won = a_deal(a_lead(steps={"mql": 3}), state="won", owner=rep)
    stage = a_stage("open")
    StageEntry.objects.create(deal=won, stage=stage, entered_at=AT, left_at=day(4))
    out, table = io.StringIO(), io.StringIO()
    call_command("report", "velocity", "--by", "team", "--format", "json", stdout=out)
    call_command("report", "velocity", "--by", "team", stdout=table)
    client = api_client(admin)

    answer = client.get(API, {"by": "team"})

    assert answer.json() == json.loads(out.getvalue())
    assert "sales_velocity" in table.getvalue()
    left = client.get(f"{API}deals/", {"stage": str(stage.key)}).json()["items"]
    assert [deal["key"] for deal in left] == [str(won.key)]
    assert len(client.get(f"{API}people/", {"step": "mql"}).json()["items"]) == 1
    north = next(row["key"] for row in answer.json()["rows"] if row["group"] == "North")
    deals = client.get(f"{API}deals/", {"by": "team", "group": north, "column": "closed"})
    assert deals.json()["items"]


def test_page_asks_the_same_however_much_there_is(
    rep, outsider, admin, signed_in, django_assert_num_queries
):
    client = signed_in(admin)
    a_year_of_deals(1, rep, outsider, size=3)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        one = client.get(URL)

    for number in range(6):
        a_deal(a_lead(steps={"mql": number}), state="won", owner=rep)

    with django_assert_num_queries(len(few)):
        many = client.get(URL)

    assert many.status_code == 200
    assert many.content != one.content
