"""What was spent, out of the files of Google Ads and Meta Ads."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from baton.core.facts.models import FactRecord
from baton.marketing.campaigns.actions import create_campaign
from baton.marketing.campaigns.models import Campaign, Cost
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.values import BadValue, read_cell
from baton.operations.exchange.tests.conftest import created
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

GOOGLE = """Campaign report
"September 1, 2026 - September 2, 2026"
Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions,Device
2026-09-01,Spring Sale,77,EUR,"1,200.10","10,000",40,2,Mobile
2026-09-01,Brand,78,EUR,30.00,100,4,--,Mobile
2026-09-01,Spring Sale,77,EUR,0.40,10,1,0,Desktop
2026-09-02,Spring Sale,77,EUR,--,0,0,0,Mobile
Total: Campaigns, --, --,EUR,"1,230.50","10,110",45,2, --
"""


def told():
    """What stands in the costs."""
    rows = Cost.objects.living().order_by("from_on", "campaign__name")
    return [
        (str(one.campaign), one.from_on.isoformat(), one.to_on.isoformat(), one.amount)
        for one in rows
    ]


@pytest.fixture
def text(tmp_path):
    """A file of this text."""

    def make(name, content, encoding="utf-8"):
        path = tmp_path / name
        path.write_text(content, encoding=encoding)
        return path

    return make


def test_google_ads_rows_become_costs_of_campaigns_that_are_met_or_made(run_known, text):
    ours = create_campaign(name="Sale", code="spring_sale", channel="display", by=None, at=AT)

    data = run_known(text("google.csv", GOOGLE))

    assert (created(data), data["skipped"]) == ({"cost": 2}, 2)
    assert told() == [
        ("Brand", "2026-09-01", "2026-09-01", Decimal("30.00")),
        ("Sale", "2026-09-01", "2026-09-01", Decimal("1200.50")),
    ]
    assert Campaign.objects.get(name="Brand").channel == "paid_search"
    assert {one.kind for one in ours.costs.all()} == {"ads"}


def test_later_file_replaces_the_days_that_it_has(run_known, text):
    run_known(text("google.csv", GOOGLE))

    again = run_known(text("again.csv", GOOGLE.replace("Total", "Total of")))
    later = run_known(text("later.csv", GOOGLE.replace("30.00", "31.00")))

    assert again["objects"]["cost"] == {"created": 0, "updated": 0, "unchanged": 2, "failed": 0}
    assert later["objects"]["cost"]["updated"] == 1
    assert [amount for *_rest, amount in told()] == [Decimal("31.00"), Decimal("1200.50")]


def test_undo_gives_back_what_was_known_before(run_known, text, undone):
    run_known(text("google.csv", GOOGLE))
    run_known(text("later.csv", GOOGLE.replace("30.00", "31.00")))
    first, second = Import.objects.order_by("pk")

    undone(second)
    assert told()[0][3] == Decimal("30.00")
    undone(first)

    assert (told(), Campaign.objects.living().count()) == ([], 0)
    assert run_known(text("google.csv", GOOGLE))["objects"]["cost"]["created"] == 2


def test_google_ads_for_excel_in_another_language(run_known, text):
    rows = [
        "Rapport",
        "Jour\tCampagne\tCode de la devise\tCoût\tImpr.",
        "2026-09-01\tÉté\tEUR\t1\u202f234,50\t9",
        "Total : compte\t\tEUR\t1\u202f234,50\t9",
    ]

    data = run_known(text("google.csv", "\n".join(rows), encoding="utf-16"))

    assert (data["errors"], data["skipped"]) == ([], 1)
    assert told() == [("Été", "2026-09-01", "2026-09-01", Decimal("1234.50"))]


def test_meta_ads_names_the_currency_in_a_column_and_adds_up_ad_sets(run_known, text):
    header = "Campaign name,Ad set name,Reporting starts,Reporting ends,Amount spent (USD)\n"
    rows = "Fall,A,2026-09-01,2026-09-30,10.00\nFall,B,2026-09-01,2026-09-30,2.50\n"

    data = run_known(text("meta.csv", header + rows + ",,2026-09-01,2026-09-30,12.50\n"))

    assert created(data) == {"cost": 1}
    [cost] = Cost.objects.all()
    assert (cost.amount, cost.currency, cost.base_amount) == (Decimal("12.50"), "USD", None)
    assert cost.to_on == date(2026, 9, 30)
    assert Campaign.objects.get(costs=cost).channel == "paid_social"


def test_days_that_came_with_a_month_do_not_count_twice(run_known, text):
    month = "Campaign name,Reporting starts,Reporting ends,Amount spent (EUR)\n"
    run_known(text("month.csv", month + "Fall,2026-09-01,2026-09-30,90.00\n"))

    daily = "Campaign name,Day,Amount spent (EUR)\nFall,2026-09-02,3.00\nFall,2026-10-01,4.00\n"
    data = run_known(text("days.csv", daily), code=3)

    [error] = data["errors"]
    assert "count twice" in error["message"]
    assert [row[1] for row in told()] == ["2026-09-01", "2026-10-01"]


def test_timeline_of_a_campaign_does_not_tell_of_each_day(run_known, text):
    run_known(text("google.csv", GOOGLE))

    assert not FactRecord.objects.filter(name__startswith="cost.").exists()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("0,25", "0.25"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("-12,3", "-12.3"),
        ("1,234", None),
        ("1.2.3,4,5", None),
    ],
)
def test_numbers_are_read_as_they_are_written(written, read):
    if read is None:
        with pytest.raises(BadValue):
            read_cell(written, kind="number", zone=ZoneInfo("UTC"), formats=())
    else:
        found = read_cell(written, kind="number", zone=ZoneInfo("UTC"), formats=())
        assert str(found) == read
