"""Filters and tabs of the lists of a large house: by an index, or in the order of one."""

import fnmatch
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.sqlite import reach
from baton.core.ui import found, pages
from baton.marketing.capture.models import Visit
from baton.records.people.models import Person
from tests.flows.test_hot_queries import filled as filled
from tests.flows.test_hot_queries import plan, selects, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        ('["email_domain","is","post.example"]', "SCAN U0 VIRTUAL TABLE INDEX 0:M3"),
        ('["email","starts_with","ann@"]', "SCAN U0 VIRTUAL TABLE INDEX 0:M3"),
        ('["bounced","is",true]', "SCAN U0 USING INDEX consent_refused"),
        ('["phone_unread","is",true]', "SEARCH U0 USING INDEX phone_by_number (e164=?)"),
        ('["full_name","starts_with","Ann"]', "SCAN U0 VIRTUAL TABLE INDEX 0:M3"),
    ],
)
def test_what_few_of_a_million_have_is_asked_of_those_whom_an_index_names(
    filled, signed_in, admin, asked, by
):
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get(f"/people/?{urlencode({'filter': f'[1,{asked}]'})}")
    [count] = [sql for sql in selects(sent) if "LIMIT 10001" in sql]

    steps = steps_of(count)

    assert "SEARCH people_person USING INTEGER PRIMARY KEY (rowid=?)" in steps
    assert by in steps


def test_people_of_a_company_are_asked_of_the_companies_that_the_index_of_words_names(
    filled, signed_in, admin
):
    asked = urlencode({"filter": '[1,["company","is","Halden"]]'})
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get(f"/people/?{asked}")
    [count] = [sql for sql in selects(sent) if "LIMIT 10001" in sql]

    steps = steps_of(count)

    assert [step for step in steps if step.startswith("SCAN people_")] == []
    assert "SCAN U0 VIRTUAL TABLE INDEX 0:M2" in steps


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/deals/?as=table&sort=name", "deals_deal USING INDEX deal_by_name"),
        ("/deals/?as=table&sort=-amount", "deals_deal USING INDEX deal_by_amount"),
        ("/people/?view=mine&sort=name", "people_person USING INDEX person_by_owner (owner_id=?*)"),
    ],
)
def test_page_of_a_tab_of_many_is_read_in_the_order_of_an_index(
    filled, signed_in, admin, address, index, monkeypatch
):
    monkeypatch.setattr(reach, "MANY", -1)
    Person.objects.update(owner=admin)

    steps, _shown = plan(signed_in(admin), address, index.partition(" ")[0])

    assert [step for step in steps if "TEMP B-TREE" in step] == []
    assert fnmatch.filter(steps, f"S* {index}")


def test_page_of_what_an_owner_has_much_of_does_not_begin_with_the_owner(
    filled, signed_in, admin, monkeypatch
):
    monkeypatch.setattr(reach, "MANY", -1)
    monkeypatch.setattr(pages, "FEW", 0)
    Person.objects.update(owner=admin)
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get(f"/people/?owner={admin.key}&sort=-score")

    [page] = [sql for sql in selects(sent) if "LIMIT 26" in sql]

    assert "INNER JOIN" not in page
    assert "SCAN people_person USING INDEX person_by_score" in steps_of(page)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("person_by_touch", {"score", "deleted_at"}),
        ("person_by_lead", {"owner", "latest_touch_at", "deleted_at"}),
    ],
)
def test_orders_that_lead_past_many_hold_what_is_asked_on_the_way(name, columns):
    [index] = [one for one in Person._meta.indexes if one.name == name]

    assert columns < {*index.fields}


def test_cards_of_a_board_that_a_text_of_many_finds_are_met_along_an_index(
    filled, signed_in, admin, monkeypatch
):
    monkeypatch.setattr(found, "FEW", 0)
    with CaptureQueriesContext(connection) as sent:
        shown = signed_in(admin).get("/people/?as=board&by=stage&q=ann").content.decode()
    [cards] = [sql for sql in selects(sent) if "LIMIT 8" in sql]

    steps = steps_of(cards)

    assert "SCAN people_personwords" not in " ".join(steps)
    assert "MULTI-INDEX OR" not in steps
    assert fnmatch.filter(steps, "SEARCH V0 USING COVERING INDEX person_by_stage*")
    assert shown.count('class="board-card') == 8


def test_who_sees_all_people_asks_only_for_those_in_the_trash(admin, rep):
    seen, few = (Visit.objects.visible_to(one).explain() for one in (admin, rep))

    assert "INDEX person_in_trash" in seen
    assert "INDEX person_in_trash" not in few
