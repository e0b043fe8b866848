"""The lists that people look at all day read a page of an index, however long the table is."""

import fnmatch
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.sqlite import reach
from baton.core.ui import found
from baton.core.ui.cursors import Ordering
from baton.marketing.campaigns.models import CampaignMember
from baton.marketing.campaigns.queries import campaign_subject, subjects
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.records.people.actions import create_companies, create_people
from baton.records.people.models import Company, Person
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

# SQLite says how it goes about a statement in words; the indexes are the same on PostgreSQL.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = "LIMIT 26"  # one more than is shown
NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')
# A table, or one in a subquery, from its first row to its last; what hangs on a partial index does
# not, and a table of settings or of users has few.
WALKED = re.compile(
    r"SCAN (people_|timeline_|deals_deal|U\d)"
    r"(?!.*USING (COVERING )?INDEX (deal_rivals|user_email_once))"
)
STAGE = urlencode({"filter": '[1,["stage","is","lead"]]'})
LISTS = {
    "/people/": "people_person",
    "/people/?sort=latest_touch_at": "people_person",
    "/people/?sort=name": "people_person",
    "/people/?sort=-name": "people_person",
    "/people/?sort=score": "people_person",
    "/people/?sort=-score": "people_person",
    "/people/?sort=-lead_at": "people_person",
    "/people/companies/": "people_company",
    "/people/companies/?sort=-name": "people_company",
    "/deals/?as=table": "deals_deal",
}


@pytest.fixture(scope="module")
def filled(lasting, django_db_blocker):
    create_companies(new=[{"name": f"Firm {n}", "at": AT} for n in range(30)])
    create_people(
        new=[{"full_name": f"Ann {n}", "origin": "marketing", "at": AT} for n in range(30)]
    )
    for n in range(30):
        a_deal(name=f"Deal {n}")


def plan(client, address, table):
    """How SQLite reads the rows of this page, and the page's text."""
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(address).content.decode()
    sent = [one["sql"] for one in asked]
    [rows] = [sql for sql in sent if PAGE in sql and f'FROM "{table}"' in sql]
    return steps_of(rows), shown


@pytest.mark.parametrize(("address", "table"), LISTS.items())
def test_page_of_a_list_is_read_in_the_order_of_an_index(filled, signed_in, admin, address, table):
    client = signed_in(admin)
    steps, shown = plan(client, address, table)
    link = NEXT.search(shown)
    assert link
    more, _shown = plan(client, address.partition("?")[0] + unescape(link[1]), table)
    steps += more

    sorted_aside = [step for step in steps if "TEMP B-TREE" in step]
    whole = [step for step in steps if step == f"SCAN {table}"]
    assert (sorted_aside, whole) == ([], [])
    assert any(f"{table} USING INDEX" in step for step in steps)


@pytest.mark.parametrize("sort", ["latest_touch_at", "-score", "name"])
def test_page_of_many_found_is_read_in_the_order_of_an_index(
    filled, signed_in, admin, sort, monkeypatch
):
    monkeypatch.setattr(found, "FEW", 0)

    steps, _shown = plan(signed_in(admin), f"/people/?q=ann&sort={sort}", "people_person")

    assert [step for step in steps if "TEMP B-TREE" in step] == []
    assert any(step.startswith("SCAN people_person USING INDEX") for step in steps)


def test_page_of_many_that_a_filter_leaves_is_read_in_the_order_of_an_index(
    filled, signed_in, admin, monkeypatch
):
    monkeypatch.setattr(found, "FEW", 0)
    monkeypatch.setattr(reach, "MANY", -1)
    address, client = "/people/?stage=lead&sort=", signed_in(admin)

    by_score, _shown = plan(client, f"{address}-score", "people_person")
    filtered, _shown = plan(client, f"/people/?sort=name&{STAGE}", "people_person")
    with CaptureQueriesContext(connection) as sent:
        client.get(f"/people/?sort=name&{STAGE}")
    [page] = [sql for sql in selects(sent) if PAGE in sql]
    own = Ordering(Person, "score", is_descending=False).ordered(Person.objects.filter(score__gt=5))
    narrowed = reach.past_indexes(own.filter(stage="lead"), but="score")

    assert fnmatch.filter(by_score, "SCAN people_person USING INDEX person_by_score")
    assert fnmatch.filter(filtered, "SCAN people_person USING INDEX person_by_name")
    assert "SEARCH people_person USING INDEX person_by_score (score>?)" in narrowed.explain()
    assert {*narrowed} == {*own.filter(stage="lead")}
    assert page.count("+(") == 2  # that it is set, and what it is: the second is asked of few


@pytest.mark.parametrize(
    "asked", ["", STAGE, urlencode({"filter": '[1,["score",">",9]]'}), "q=ann", "sort=-lead_at"]
)
def test_people_are_counted_by_an_index_alone(filled, signed_in, admin, asked):
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get(f"/people/?{asked}")
    [count] = [sql for sql in selects(sent) if "LIMIT 10001" in sql]

    reads = [step for step in steps_of(count) if re.match("S[A-Z]+ people_person", step)]

    assert len(reads) == 1
    assert "COVERING INDEX" in reads[0] or "people_personwords VIRTUAL TABLE" in reads[0]


def test_of_few_found_only_the_ids_are_sorted(filled, signed_in, admin):
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get("/people/?q=ann&sort=-score")
    [rows] = [sql for sql in selects(sent) if PAGE in sql and "people_company" in sql]

    sorted_ones = rows.partition(" IN (")[2]

    assert re.search(r'^SELECT U0."id" AS "pk" FROM .* LIMIT 26\)\) ORDER BY', sorted_ones)


@pytest.mark.parametrize(
    ("many", "step"),
    [
        (2_000, "SEARCH people_person USING INDEX *_owner* (owner_id=?*)"),
        (-1, "SCAN people_person USING INDEX person_by_touch"),
    ],
)
def test_page_of_a_team_is_found_by_owners_until_they_own_much(
    filled, signed_in, rep, monkeypatch, many, step
):
    monkeypatch.setattr(reach, "MANY", many)

    steps, _shown = plan(signed_in(rep), "/people/", "people_person")

    assert fnmatch.filter(steps, step)


def test_people_of_a_team_are_counted_by_their_owners(filled, signed_in, rep):
    with CaptureQueriesContext(connection) as asked:
        signed_in(rep).get("/people/")
    [count] = [sql for sql in selects(asked) if "LIMIT 10001" in sql]

    assert [step for step in steps_of(count) if step.startswith("SCAN people_person")] == []


@pytest.mark.parametrize("kind", [Person, Company, Deal])
def test_page_of_a_record_walks_no_table_of_records(filled, signed_in, admin, kind):
    one = kind.objects.order_by("pk")[0]
    with CaptureQueriesContext(connection) as asked:
        assert signed_in(admin).get(one.get_absolute_url()).status_code == 200

    walked = [(step, sql) for sql in selects(asked) for step in steps_of(sql) if WALKED.match(step)]

    assert walked == []


def test_columns_of_the_board_are_summed_without_a_look_at_the_deals(filled, signed_in, admin):
    with CaptureQueriesContext(connection) as asked:
        signed_in(admin).get("/deals/?as=board")

    [sums] = [sql for sql in selects(asked) if "open_amount" in sql]

    assert any("USING COVERING INDEX deal_figures" in step for step in steps_of(sums))


def test_people_of_campaigns_are_counted_by_indexes_alone(filled, signed_in, admin):
    a_campaign(code="linkedin-plants")
    with CaptureQueriesContext(connection) as asked:
        signed_in(admin).get("/campaigns/")
    counting = [sql for sql in selects(asked) if "COUNT(*)" in sql and "campaignmember" in sql]

    reads = [step for sql in counting for step in steps_of(sql) if re.match("S[A-Z]+ U0", step)]

    assert len(reads) == 3
    assert [step for step in reads if "USING COVERING INDEX" not in step] == []


def test_latest_members_of_a_campaign_are_the_last_of_an_index(filled, signed_in, admin):
    campaign = a_campaign(code="linkedin-plants")
    for person in Person.objects.order_by("pk")[:9]:
        CampaignMember.objects.create(campaign=campaign, person=person, at=AT, status="reached")
    with CaptureQueriesContext(connection) as asked:
        signed_in(admin).get(campaign.get_absolute_url())
    [latest] = [sql for sql in selects(asked) if "campaignmember" in sql and "LIMIT 8" in sql]
    [came] = [sql for sql in selects(asked) if "MIN(" in sql and "core_factrecord" in sql]

    steps = steps_of(latest)

    assert any("USING INDEX campaign_member_latest" in step for step in steps)
    assert [step for step in steps if "TEMP B-TREE" in step or "SCAN" in step] == []
    assert any("USING INDEX fact_of_person" in step for step in steps_of(came))


def test_people_of_a_large_campaign_are_met_along_their_latest_touch(
    filled, signed_in, admin, monkeypatch
):
    campaign, client = a_campaign(code="linkedin-plants"), signed_in(admin)
    for number, person in enumerate(Person.objects.order_by("pk")[:9]):
        CampaignMember.objects.create(campaign=campaign, person=person, at=AT, status="reached")
        touched = AT + timedelta(days=number * 7 % 9) if number % 3 else None
        Person.objects.filter(pk=person.pk).update(latest_touch_at=touched)
    by_sorting = campaign_subject(campaign, user=admin).person_ids
    monkeypatch.setattr(subjects, "MANY", 8)

    with CaptureQueriesContext(connection) as asked:
        along = campaign_subject(campaign, user=admin).person_ids
        client.get(campaign.get_absolute_url())
    walks = {sql for sql in selects(asked) if f"LIMIT {subjects.FOLLOWED}" in sql}

    assert along == by_sorting
    assert len(along) == 9
    steps = [step for sql in walks for step in steps_of(sql)]
    assert any(step.startswith("SCAN people_person USING") for step in steps)
    assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_late_leads_are_found_from_the_open_ones_on(filled, signed_in, admin):
    with CaptureQueriesContext(connection) as asked:
        signed_in(admin).get("/")
    late = [sql for sql in selects(asked) if "handoff_handoff" in sql and "ORDER BY" in sql]

    scanned = [step for sql in late for step in steps_of(sql) if "SCAN people_" in step]

    assert late
    assert scanned == []


def selects(asked):
    return [one["sql"] for one in asked if one["sql"].startswith("SELECT")]


def steps_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def test_few_of_a_list_are_read_by_their_ids_and_no_order_is_walked_for_them(
    filled, signed_in, admin
):
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get("/people/?view=mine")
    [rows] = [sql for sql in selects(sent) if PAGE in sql]

    assert "json_each(" in rows
    assert fnmatch.filter(steps_of(rows), "SCAN people_person*") == []


def test_followed_people_are_counted_from_what_is_followed(filled, signed_in, admin):
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get("/people/?following=1")
    [count] = [sql for sql in selects(sent) if "LIMIT 10001" in sql]

    assert fnmatch.filter(steps_of(count), "SCAN people_person*") == []
