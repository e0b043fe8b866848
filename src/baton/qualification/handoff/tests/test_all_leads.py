"""The list of all handoffs: what became of each, for those who see it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
LEADS = reverse("handoff:all")


def states(answer):
    return [row.object.state for row in answer.context["list"].rows]


def heads(answer):
    page = answer.context["list"]
    shown = [group for row in page.rows for group in row.groups]
    return [(str(group.words), group.count) for group in (*shown, *page.tail)]


def test_every_handoff_stands_there_with_its_verdict(month, admin, signed_in):
    answer = signed_in(admin).get(LEADS)

    page = answer.content.decode()
    assert sorted(states(answer)) == ["accepted", "accepted", "offered", "rejected"]
    assert "No fit" in page
    assert reverse("handoff:lead", args=[month[0].key]) in page


def test_heads_say_what_our_words_mean(month, admin, signed_in):
    page = signed_in(admin).get(LEADS).content.decode()

    explained = re.findall(r'<abbr class="term" title="[^"]+">([^<]+)</abbr>', page)
    assert explained == ["Lane", "Rep", "Handed off", "Verdict"]


@pytest.mark.parametrize(
    ("view", "found"),
    [
        ("unanswered", ["offered"]),
        ("open", ["accepted", "accepted", "offered"]),
        ("closed", ["rejected"]),
        ("gone", ["accepted", "accepted", "offered", "rejected"]),
    ],
)
def test_tabs_narrow_the_leads(view, found, month, admin, signed_in):
    assert sorted(states(signed_in(admin).get(LEADS, {"view": view}))) == found


def test_leads_are_asked_and_grouped(month, admin, signed_in):
    client = signed_in(admin)

    late = client.get(LEADS, {"filter": '[1,["is_late","is",true]]'})
    by_state = client.get(LEADS, {"group": "state", "closed": "accepted"})
    by_rep = client.get(LEADS, {"group": "owner", "filter": '[1,["state","is","rejected"]]'})

    assert states(late) == ["accepted"]
    assert heads(by_state) == [("Offered", 1), ("Accepted", 2), ("Rejected", 1)]
    assert heads(by_rep) == [("Teo", 1)]


def test_leads_are_found_by_the_persons_name(admin, rep, signed_in):
    a_default_pool(rep)
    an_agreement()
    a_handoff(person=a_person(full_name="Ann Lund", company=a_company(name="Acme")))
    a_handoff(person=a_person(full_name="Ben Berg"))

    answer = signed_in(admin).get(LEADS, {"q": "lund ann"})

    assert [str(row.object.person) for row in answer.context["list"].rows] == ["Ann Lund"]


def test_outsider_sees_no_lead_of_others(month, outsider, signed_in):
    assert states(signed_in(outsider).get(LEADS)) == []


def test_list_of_leads_costs_the_same_however_long(admin, rep, signed_in):
    a_default_pool(rep)
    an_agreement()
    client = signed_in(admin)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LEADS).status_code == 200
        return len(queries)

    a_handoff(at=AT)
    cost()
    few = cost()
    for _each in range(8):
        a_handoff(at=AT)

    assert cost() == few
