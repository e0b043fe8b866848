"""What Google Analytics counted, out of its files."""

from decimal import Decimal

import pytest

from baton.marketing.traffic.models import Traffic
from baton.operations.exchange.actions.recognising import Unknown, recipe_for
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.tests.conftest import created

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

CHANNEL = "Session primary channel group (Default channel group)"
GROUPS = f"""# ----------------------------------------
# Fennmark
# Traffic acquisition
# 20260901-20260902
# ----------------------------------------

Date,{CHANNEL},Sessions,Engaged sessions,Active users,Key events
20260901,Organic Search,120,80,100,3
20260901,Cross-network,12,8,10,0
20260902,Organic Search,90,60,80,2.5
20260902,Direct,40,20,38,
,Totals,262,168,228,5.5
"""
SOURCES = """# Free form
# 20260901-20260901

Session source / medium,Session campaign,Date,Device category,Sessions,Total users
google / cpc,Night shift ads,20260901,mobile,30,28
google / cpc,Night shift ads,20260901,desktop,12,11
(direct) / (none),(direct),20260901,desktop,7,7
Grand total,,,,49,46
"""


@pytest.fixture
def text(tmp_path):
    """A file of this text."""

    def make(name, content):
        path = tmp_path / name
        path.write_text(content)
        return path

    return make


def counted():
    rows = Traffic.objects.living().order_by("day", "channel", "source")
    return [(str(row.day), row.channel, row.sessions, row.users, row.key_events) for row in rows]


def test_channels_by_day_are_known_by_their_heads_below_comments(run_known, text):
    data = run_known(text("Traffic_acquisition.csv", GROUPS))

    assert (created(data), data["totals"]["failed"]) == ({"traffic": 4}, 0)
    assert counted() == [
        ("2026-09-01", "organic_search", 120, 100, Decimal(3)),
        ("2026-09-01", "other", 12, 10, Decimal(0)),
        ("2026-09-02", "direct", 40, 38, None),
        ("2026-09-02", "organic_search", 90, 80, Decimal("2.5")),
    ]


def test_sources_of_sessions_become_our_channels_and_devices_add_up(run_known, text):
    data = run_known(text("explore.csv", SOURCES))

    assert created(data) == {"traffic": 2}
    rows = Traffic.objects.order_by("channel").values_list(
        "channel", "source", "medium", "campaign", "sessions", "users"
    )
    assert list(rows) == [
        ("direct", "(direct)", "(none)", "(direct)", 7, 7),
        ("paid_search", "google", "cpc", "Night shift ads", 42, 39),
    ]


def test_same_file_again_changes_nothing_and_a_later_one_replaces_its_days(run_known, text):
    run_known(text("a.csv", GROUPS))

    again = run_known(text("b.csv", GROUPS.replace("# Fennmark", "# Fennmark again")))
    later = run_known(text("c.csv", GROUPS.replace("Search,120", "Search,121")))

    assert again["objects"]["traffic"]["unchanged"] == 4
    assert later["objects"]["traffic"] == {"created": 0, "updated": 1, "unchanged": 3, "failed": 0}
    assert counted()[0][2] == 121


def test_undo_gives_back_what_was_known_before(run_known, text, undone):
    run_known(text("a.csv", GROUPS))
    run_known(text("c.csv", GROUPS.replace("Search,120", "Search,121")))
    first, second = Import.objects.order_by("pk")

    undone(second)
    assert counted()[0][2] == 120
    undone(first)

    assert counted() == []
    assert created(run_known(text("a.csv", GROUPS))) == {"traffic": 4}


def test_day_that_came_by_other_columns_is_refused_for_it_would_count_twice(run_known, text):
    run_known(text("a.csv", GROUPS))

    data = run_known(text("explore.csv", SOURCES), code=3)

    assert data["totals"]["failed"] == 3
    assert data["errors"][0]["message"] == (
        "2026-09-01 came with a file that has other columns, so its sessions would count twice. "
        "Export the same columns, or take that import back."
    )
    assert len(counted()) == 4


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("-3", "Write a number from 0 on, with at most two decimals."),
        ("1.5", "Write a whole number from 0 on."),
        ("many", "“many” is no number."),
    ],
)
def test_figure_that_is_none_names_its_cell(run_known, text, cell, words):
    data = run_known(text("a.csv", GROUPS.replace("Search,120", f"Search,{cell}")), code=3)

    assert data["totals"]["failed"] == 1
    assert data["errors"][0]["message"].startswith(words)
    assert len(counted()) == 3


def test_source_too_long_to_be_told_from_another_is_refused_not_taken_for_it(run_known, text):
    long = "x" * 120
    rows = f"{long}1 / cpc,Ads,20260901,mobile,30,28\n{long}2 / cpc,Ads,20260901,mobile,12,11\n"
    head = "Session source / medium,Session campaign,Date,Device category,Sessions,Total users\n"
    file = text("explore.csv", f"{head}{rows}google / cpc,Ads,20260901,mobile,5,4\n")

    data = run_known(file, code=3)

    assert data["totals"]["failed"] == 2
    assert [row[2] for row in counted()] == [5]


def test_report_without_a_day_says_what_to_export(text):
    lines = [line.removeprefix("Date,").removeprefix("20260901,") for line in GROUPS.splitlines()]
    report = text("Traffic_acquisition.csv", "\n".join(lines))

    with pytest.raises(Unusable) as refused:
        recipe_for([report])

    assert "without the day" in str(refused.value)
    assert "Add the column “Date” there" in str(refused.value)
    assert not isinstance(refused.value, Unknown)  # nobody is asked what its columns are
    known = text("by_day.csv", GROUPS)
    assert recipe_for([known]).source == "google_analytics"
