"""An export of an old CRM comes in, and one page says how its leads were worked."""

import csv
import json
import re
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from baton.core.access.actions import create_user

pytestmark = pytest.mark.django_db
CAME = datetime(2025, 3, 3, 10, 20)  # noqa: DTZ001 -- as a file has it
QUICK, SLOW, NEVER = range(1, 13), range(13, 25), range(25, 31)
WON = {1: 900, 2: 1100, 3: 1000, 13: 500}


def contacts(*, with_hours=True):
    head = "Record ID,First Name,Last Name,Email,Create Date,Contact owner,Original Source,"
    lines = [head + "Lifecycle Stage,Became a Marketing Qualified Lead Date,Became a Customer Date"]
    for number in (*QUICK, *SLOW, *NEVER):
        at = CAME + timedelta(days=number)
        came = at.strftime("%Y-%m-%d %H:%M" if with_hours else "%Y-%m-%d")
        source = "Organic Search" if number in QUICK else "Paid Search"
        owner = "Mara Lind" if number % 2 else "Jon Berg"
        won = f"{at + timedelta(days=30):%Y-%m-%d}" if number in WON else ""
        lines.append(
            f"{number},Lead,No {number},lead{number}@halden.example,{came},{owner},{source},"
            f"{'customer' if won else 'lead'},{at:%Y-%m-%d},{won}"
        )
    return "\n".join(lines)


def activities(*, with_hours=True):
    lines = [
        "Record ID,Activity type,Activity date,Activity assigned to,Associated Contact IDs,"
        "Call outcome,Body"
    ]
    for number in (*QUICK, *SLOW):
        wait = timedelta(minutes=30) if number in QUICK else timedelta(hours=26)
        at = CAME + timedelta(days=number) + wait
        when = at.strftime("%Y-%m-%d %H:%M" if with_hours else "%Y-%m-%d")
        lines.append(f"a{number},Call,{when},Mara Lind,{number},No Answer,")
        lines.append(f"b{number},Call,{when},Mara Lind,{number},Connected,Talked")
    lines.append(f"c,Note,2025-04-01,Mara Lind,{NEVER[0]},,Looked at the site")
    lines.append(f"d,Incoming Email,2025-04-01,Mara Lind,{NEVER[1]},,Anybody there?")
    return "\n".join(lines)


def deals():
    lines = ["Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date,Associated Contact IDs"]
    for number, amount in WON.items():
        opened = CAME + timedelta(days=number + 2)
        closed = f"{opened:%Y-%m-%d},{opened + timedelta(days=28):%Y-%m-%d}"
        lines.append(f"d{number},Ovens {number},closedwon,{amount},{closed},{number}")
    return "\n".join(lines)


@pytest.fixture
def bring(tmp_path, settings, company, run_background):
    """Call it with the texts of files to import them as one export."""
    settings.HOME, settings.LAKE_ROOT = tmp_path / "home", tmp_path / "lake"

    def bring_in(**texts):
        paths = []
        for name, text in texts.items():
            (path := tmp_path / f"{name}.csv").write_text(text)
            paths.append(str(path))
        with pytest.raises(SystemExit) as ended:
            call_command("import", *paths, "--format", "json", stdout=StringIO())
        assert ended.value.code == 0
        run_background()

    return bring_in


def report(*words):
    out = StringIO()
    call_command("report", "last-year", *words, stdout=out)
    return out.getvalue()


def test_an_export_says_how_its_leads_were_worked(bring):
    bring(contacts=contacts(), deals=deals(), activities=activities())

    data = json.loads(report("--by", "speed", "--format", "json"))

    assert (data["from"], data["to"], data["unit"]) == ("2024-04-03", "2025-04-02", "hours")
    total = data["totals"]
    assert (total["leads"], total["untouched"], total["untouched_share"]) == (30, 6, 0.2)
    assert (total["median_days"], total["nine_in_ten_days"]) == (
        pytest.approx((0.5 / 24 + 26 / 24) / 2),
        pytest.approx(26 / 24),
    )
    assert [(row["key"], row["leads"], row["won"], row["revenue"]) for row in data["rows"]] == [
        ("hour", 12, 3, 3000.0),
        ("three_days", 12, 1, 500.0),
        ("never", 6, 0, 0.0),
    ]
    assert (data["best_source"], data["worst_source"]) == ("organic_search", "paid_search")
    assert data["cannot_tell"] == ["no_costs"]
    # 3,500 in a year is 292 a month, the average 875; 4 of 30 MQLs bought: 0.334 / 13.3 % = 3.
    assert data["proposal"] == {
        "speed": "hour",
        "accept_minutes": 30,
        "respond_minutes": 30,
        "mqls_a_month": 3,
        "revenue_goal": 292,
        "marketing_share": 100,
        "average_deal": 875,
    }


def test_dates_without_hours_are_told_in_days(bring):
    bring(contacts=contacts(with_hours=False), activities=activities(with_hours=False))

    data = json.loads(report("--by", "speed", "--format", "json"))

    assert (data["unit"], data["totals"]["median_days"]) == ("days", 0.5)
    assert [(row["key"], row["leads"]) for row in data["rows"]] == [
        ("day", 12),
        ("three_days", 12),
        ("never", 6),
    ]
    assert data["cannot_tell"] == ["days_only", "no_amounts", "no_costs"]


def test_what_a_file_of_contacts_alone_cannot_tell(bring, signed_in, admin):
    plain = "Record ID,First Name,Last Name,Email,Create Date\n1,Lena,Fischer,lena@halden.example,"
    bring(contacts=plain + "2025-03-03 10:20\n")

    words = text_of(signed_in(admin).get("/insight/last-year/"))

    assert json.loads(report("--format", "json"))["cannot_tell"] == [
        *("no_activities", "no_owners", "no_sources", "no_deals", "no_costs")
    ]
    assert "Never touched unknown" in words
    assert "Export calls, meetings and mails, with the contact and the date of each." in words
    assert "too few won to say" in words


def test_leads_without_a_date_are_left_out_and_named(bring, signed_in, admin):
    head = "Record ID,First Name,Last Name,Email,Contact owner\n"
    bring(contacts=head + "1,Lena,Fischer,a@halden.example,\n2,Ben,Okafor,b@halden.example,\n")

    data = json.loads(report("--format", "json"))

    assert (data["undated"], data["totals"]["leads"], data["cannot_tell"]) == (2, 0, ["no_dates"])
    page = signed_in(admin).get("/insight/last-year/")
    assert "Nobody knows on which day these leads came." in text_of(page)


def test_the_latest_import_is_meant_or_everybody(bring, signed_in, admin):
    bring(contacts=contacts())
    one = "Record ID,First Name,Last Name,Email,Create Date\n77,Ida,Roth,ida@orbis.example,"
    bring(later=one + "2025-03-30 09:10\n")

    leads = [
        json.loads(report("--import", which, "--format", "json"))["totals"]["leads"]
        for which in ("latest", "all")
    ]

    page = signed_in(admin).get("/insight/last-year/")

    assert leads == [1, 31]
    chosen = {is_it: words for _key, words, is_it in page.context["imports"]}
    assert chosen[True].endswith(", 30 people")  # one tells no year
    assert chosen[False].endswith(", 1 person")


def text_of(answer):
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_page_opens_the_agreement_with_these_numbers(bring, signed_in, admin):
    bring(contacts=contacts(), deals=deals(), activities=activities())
    client = signed_in(admin)

    page = client.get("/insight/last-year/")
    form = client.get(page.context["agreement_url"])

    words = text_of(page)
    assert "Never touched 6" in words
    assert "Nobody ever turned to 6 of 30 leads." in words
    assert "Best by money won: Organic search" in words
    assert "Cost of the untouched unknown" in words
    assert page.context["agreement_url"].startswith(reverse("handoff:amend"))
    shown = form.context["form"]
    assert [shown[name].value() for name in ("accept_minutes", "mqls_a_month")] == [30, 3]


def test_whoever_may_not_change_the_agreement_reads_it(bring, signed_in):
    bring(contacts=contacts(), deals=deals(), activities=activities())
    viewer = create_user(name="Vera Holm", role="viewer", email="vera@fennmark.example")

    page = signed_in(viewer).get("/insight/last-year/")

    assert "30 working minutes" in text_of(page)
    assert page.context["agreement_url"] == ""


def test_the_command_prints_a_table_and_csv(bring):
    bring(contacts=contacts(), deals=deals(), activities=activities())

    table = report("--by", "rep")
    rows = [*csv.DictReader(StringIO(report("--by", "rep", "--format", "csv")))]

    assert "Jon Berg" in table
    assert "accept_minutes: 30" in table
    assert "cannot tell: no_costs" in table
    assert [(row["group"], row["leads"], row["untouched"]) for row in rows] == [
        ("Jon Berg", "15", "3"),
        ("Mara Lind", "15", "3"),
        ("total", "30", "6"),
    ]
