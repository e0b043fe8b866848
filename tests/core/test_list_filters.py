"""Filters of lists: in the address, shown as chips, kept in views."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.editing.matching import matching
from baton.core.editing.slots import bulk_acts
from baton.core.saved.actions import create_view
from baton.core.saved.rules import state_of
from baton.records.people.actions import show
from baton.records.people.permissions import VIEW_PEOPLE
from baton.records.people.tests.factories import a_person
from tests.core.asked import MQL, PEOPLE, asked_in, asking, chips, names

pytestmark = pytest.mark.django_db


def test_the_address_narrows_the_list_and_says_how(people, rep, signed_in):
    high_or_acme = {"any": [["score", ">", 69], ["company", "contains", "acme"]]}

    answer = signed_in(rep).get(
        PEOPLE, {"filter": asking(high_or_acme, {"not": ["score", "=", 7]})}
    )

    assert names(answer) == ["Ben Okafor", "Cleo Adler"]
    assert chips(answer) == ["Score over 69 or Company contains “acme”", "not (Score is 7)"]
    assert asked_in(answer.context["views"].chips[0].url) == [1, {"not": ["score", "=", 7]}]
    assert answer.context["list"].total == 2


def test_filter_quick_filter_and_tab_narrow_together(people, rep, colleague, signed_in):
    stranger = a_person(full_name="Bea Other", owner=colleague)
    show(person_id=stranger.pk, stage="mql", score=99)

    answer = signed_in(rep).get(
        PEOPLE, {"filter": asking(MQL), "q": "be", "view": "mine", "sort": "name"}
    )

    assert names(answer) == ["Ben Okafor"]
    assert parse_qs(urlsplit(answer.context["views"].chips[0].url).query) == {
        "q": ["be"],
        "view": ["mine"],
        "sort": ["name"],
    }


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("{", "Left out of the filter: it cannot be read, build it anew."),
        ("[" * 5_000, "Left out of the filter: it cannot be read, build it anew."),
        (
            asking(["budget", "is", 3]),
            "Left out of the filter: there is no field “budget” to ask about.",
        ),
        (asking(["stage", "like", 3]), "“Lifecycle” cannot be compared by “like”"),
        (asking(["score", ">", "many"]), "“Score” needs a number like 70"),
        (asking(["stage", "is", "<b>"]), "“Lifecycle” has no choice “&lt;b&gt;”"),
        (asking(*[MQL] * 200), "it has 200 conditions and may have 50, take some out"),
    ],
)
def test_what_makes_no_sense_is_left_out_in_one_sentence(word, sentence, people, rep, signed_in):
    answer = signed_in(rep).get(PEOPLE, {"filter": word})

    assert answer.context["list"].total == 3
    assert sentence in answer.content.decode()


def test_empty_list_leads_out_of_its_filter(people, rep, signed_in):
    answer = signed_in(rep).get(PEOPLE, {"filter": asking(["score", ">", 99]), "sort": "name"})

    assert answer.context["list"].wide_url == "?sort=name"


def test_field_of_what_one_may_not_see_is_not_offered(people, rep, signed_in, monkeypatch):
    may = {"people.view", VIEW_PEOPLE}.__contains__
    monkeypatch.setattr("baton.core.access.models.User.may", lambda user, name: may(name))
    client = signed_in(rep)

    answer = client.get(PEOPLE, {"filter": asking(["handoff", "is", "offered"])})
    form = client.get(answer.context["views"].filter_url)

    assert "there is no field “handoff” to ask about" in answer.content.decode()
    assert "person.handoff" not in dict(form.context["fields"])


def test_view_keeps_its_filter_and_says_what_it_left_out(people, rep, signed_in):
    state = state_of([("filter", asking(MQL, ["budget", "is", 3])), ("sort", "name")])
    view = create_view(list_name="people", name="Hot", state=state, by=rep, at=timezone.now())
    client = signed_in(rep)

    answer = client.get(
        f"{PEOPLE}?{state}", {"saved": view.key, "filter": asking(MQL, ["budget", "is", 3])}
    )

    views = answer.context["views"]
    assert names(answer) == ["Ann Lund", "Ben Okafor"]
    assert views.filter_lost == (
        "This view leaves out of its filter what makes no sense here: "
        "there is no field “budget” to ask about."
    )
    assert views.is_changed
    client.post(reverse("saved:save", args=[view.key]), {"state": views.state, "version": 1})
    view.refresh_from_db()
    assert view.state == state_of([("filter", asking(MQL))])


def test_largest_filter_fits_into_a_view(people, rep, signed_in):
    word = asking(*[["job_title", "contains", f"“Geschäftsführer” {n:02}"] for n in range(50)])
    state = state_of([("filter", word)])

    create_view(list_name="people", name="Large", state=state, by=rep, at=timezone.now())
    answer = signed_in(rep).get(f"{PEOPLE}?{state}")
    form = signed_in(rep).get(answer.context["views"].filter_url)

    assert len(chips(answer)) == len(list(form.context["draft"].lines())) == 50


def test_filter_costs_the_same_however_many_it_finds(people, rep, signed_in):
    client = signed_in(rep)
    word = asking(
        MQL, ["owner", "is_set"], {"any": [["owner", "is", rep.pk], ["owner", "in", [rep.pk]]]}
    )

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PEOPLE, {"filter": word}).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for number in range(30):
        show(person_id=a_person(full_name=f"P {number}", owner=rep).pk, stage="mql")

    assert cost() == few <= 20  # on PostgreSQL who was never touched is read apart


@pytest.mark.parametrize(
    ("parts", "count"),
    [([MQL], 2), ([], 3), ([MQL, ["budget", "is", 3]], 0), ([["gone", "is", 1]], 0)],
)
def test_act_on_all_reaches_nobody_where_a_condition_is_left_out(parts, count, people, rep):
    act = next(act for act in bulk_acts if act.on == "people")

    found = matching(act, urlencode({"filter": asking(*parts)}), user=rep)

    assert found.count() == count
