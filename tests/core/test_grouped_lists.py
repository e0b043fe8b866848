"""The real lists in groups: heads in words and in order, kept in views, paged by index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.saved.slots import saved_lists
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.records.people.actions import show
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals.actions import win_deal
from baton.sales.deals.tests.factories import AT, a_deal
from tests.core.saved import a_view

pytestmark = pytest.mark.django_db
PEOPLE = reverse("people:list")


def heads(answer):
    page = answer.context["list"]
    shown = [group for row in page.rows for group in row.groups]
    return [(str(group.words), group.count) for group in (*shown, *page.tail)]


def test_people_stand_by_stage_in_the_order_of_the_lifecycle(admin, rep, signed_in):
    for stage, count in {"customer": 1, "lead": 2, "mql": 3}.items():
        for _each in range(count):
            show(person_id=a_person(owner=rep).pk, stage=stage)

    answer = signed_in(admin).get(PEOPLE, {"group": "stage", "closed": "mql"})

    assert heads(answer) == [("Lead", 2), ("MQL", 3), ("Customer", 1)]
    assert len(answer.context["list"].rows) == 3


def test_people_stand_by_owner_nobody_last(admin, rep, colleague, signed_in):
    for owner in (None, rep, colleague, rep):
        a_person(owner=owner)

    answer = signed_in(admin).get(PEOPLE, {"group": "owner"})

    names = sorted([(colleague.name, 1), (rep.name, 2)])
    assert heads(answer) == [*names, ("Nobody", 1)]


def test_quick_filter_and_filter_count_the_groups_anew(admin, signed_in):
    for name in ("Ann Lund", "Ann Berg", "Ben Lund"):
        show(person_id=a_person(full_name=name).pk, stage="mql", score=len(name))

    word = '[1,["score","is_set"]]'
    answer = signed_in(admin).get(PEOPLE, {"group": "stage", "q": "ann", "filter": word})

    assert heads(answer) == [("MQL", 2)]


@pytest.mark.parametrize(
    ("name", "group", "words"),
    [
        ("companies", "industry", ["Dairy", "Steel"]),
        ("companies", "country", ["Norway", "No country"]),
        ("companies", "owner", ["Nobody"]),
        ("deals", "owner", ["Teo"]),
        ("campaigns", "channel", ["Email", "Event"]),
        ("campaigns", "owner", ["Nobody"]),
        ("people", "persona", ["Buyer", "No persona"]),
        ("people", "source", ["Organic search", "No source"]),
    ],
)
def test_each_list_stands_in_its_groups(name, group, words, admin, rep, signed_in):
    a_company(industry="Steel")
    a_company(industry="Dairy", country="Norway")
    show(person_id=a_person().pk, persona="Buyer")
    a_person(channel="organic_search")
    a_deal(by=rep)
    a_campaign(channel="email")
    a_campaign(channel="event")
    place = saved_lists.find(name)
    assert place

    answer = signed_in(admin).get(reverse(place.url_name), {"group": group, "as": "table"})

    assert [said for said, _count in heads(answer)] == words


def test_deals_stand_by_stage_in_the_order_of_the_pipeline(rep, signed_in):
    a_deal(by=rep)
    win_deal(deal=a_deal(by=rep), by=rep, at=AT)

    answers = [
        signed_in(rep).get(reverse("deals:deals"), {"as": "table", "group": "stage", "view": view})
        for view in ("open", "won")
    ]

    assert [count for answer in answers for _said, count in heads(answer)] == [1, 1]


def test_view_keeps_its_groups_and_which_are_closed(rep, signed_in):
    view = a_view(rep, state="closed=mql&group=stage")
    show(person_id=a_person(owner=rep).pk, stage="mql")

    answer = signed_in(rep).get(f"{PEOPLE}?{view.state}&saved={view.key}")
    opened = signed_in(rep).get(f"{PEOPLE}?group=stage&saved={view.key}")

    changed = [one.context["views"].is_changed for one in (answer, opened)]
    assert (heads(answer), changed) == ([("MQL", 1)], [False, True])


def test_grouped_list_costs_three_queries_more_at_most(admin, rep, signed_in):
    client = signed_in(admin)

    def cost(**asked):
        with CaptureQueriesContext(connection) as queries:
            client.get(PEOPLE, asked)
        return len(queries)

    a_person(owner=rep)
    cost()
    plain, few = cost(), cost(group="owner")
    for _each in range(30):
        a_person(owner=None)

    assert cost(group="owner") <= few + 1 <= plain + 3
