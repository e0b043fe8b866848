"""Filters of lists: put together with and without script, shown as chips, kept in views."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.editing.matching import matching
from baton.core.editing.slots import bulk_acts
from baton.core.filters import OPERATORS
from baton.core.filters.addresses import written
from baton.core.filters.operators import WITH_DAY_COUNT, WITH_LIST, WITH_PAIR, WITHOUT_VALUE
from baton.core.offers import FieldKind
from baton.core.saved.actions import create_view
from baton.core.saved.rules import state_of
from baton.core.saved.slots import saved_lists
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.rules import State
from baton.marketing.campaigns.rules import state_of as campaign_state
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.records.people.actions import show
from baton.records.people.permissions import VIEW_PEOPLE
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
PEOPLE = reverse("people:list")
FORM = reverse("saved:filter")
HTMX = {"HX-Request": "true"}
MQL = ["stage", "is", "mql"]


def asking(*parts):
    return json.dumps([1, *parts], separators=(",", ":"))


def names(answer):
    return sorted(row.object.full_name for row in answer.context["list"].rows)


def chips(answer):
    return [chip.words for chip in answer.context["views"].chips]


def asked_in(url):
    return json.loads(parse_qs(urlsplit(url).query)["filter"][0])


@pytest.fixture
def people(rep):
    """Ann and Ben are MQLs, Ben scores high, Cleo is a lead of Acme."""
    ann = a_person(full_name="Ann Lund", owner=rep)
    ben = a_person(full_name="Ben Okafor", owner=rep)
    cleo = a_person(full_name="Cleo Adler", owner=rep, company=a_company(name="Acme GmbH"))
    show(person_id=ann.pk, stage="mql", score=10)
    show(person_id=ben.pk, stage="mql", score=90)
    show(person_id=cleo.pk, stage="lead", score=50)


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


def test_form_opens_with_what_the_address_asks(people, rep, signed_in):
    client = signed_in(rep)
    url = client.get(PEOPLE, {"filter": asking(MQL, {"not": {"any": [["score", "<", 20]]}})})

    form = client.get(url.context["views"].filter_url, headers=HTMX)

    draft = form.context["draft"]
    assert [(line.key, line.comparison, line.typed) for line in draft.lines()] == [
        ("person.stage", "is", ["mql"]),
        ("person.score", "<", ["20"]),
    ]
    assert (draft.join, draft.parts[1].join) == ("all", "none")
    assert form.context["found"] == "1 person matches"


def test_form_leads_to_the_list_as_it_was_asked(people, rep, signed_in):
    sent = {
        "0-join": "all",
        "0.0-field": "person.stage",
        "0.0-op": "in",
        "0.0-value": ["mql", "lead"],
        "0.1-join": "none",
        "0.1.0-field": "person.score",
        "0.1.0-op": ">",
        "0.1.0-value": "69",
        "0.2-field": "",
        "do": "apply",
    }
    url = f"{FORM}?{state_of([('list', 'people'), ('state', 'sort=name&q=an')])}"

    answers = [signed_in(rep).post(url, sent, headers=headers) for headers in ({}, HTMX)]

    leads = [answers[0]["Location"], answers[1]["HX-Redirect"]]
    assert leads[0] == leads[1]
    assert asked_in(leads[0]) == [
        1,
        ["stage", "in", ["mql", "lead"]],
        {"not": {"any": [["score", ">", "69"]]}},
    ]
    assert parse_qs(urlsplit(leads[0]).query)["q"] == ["an"]
    assert names(signed_in(rep).get(leads[0])) == ["Ann Lund"]


def test_form_without_script_goes_on_where_a_button_was_pressed(people, rep, signed_in):
    sent = {"0-join": "any", "0.0-field": "person.score", "do": "add:0"}

    answer = signed_in(rep).post(f"{FORM}?list=people", sent)

    draft = answer.context["draft"]
    assert (answer.status_code, draft.join, answer.context["focus"]) == (200, "any", "0.1-field")
    assert [(line.key, line.comparison) for line in draft.lines()] == [
        ("person.score", "="),
        ("", ""),
    ]
    assert b"<html" in answer.content


def test_wrong_value_comes_back_with_what_to_do_and_nothing_lost(people, rep, signed_in):
    sent = {
        "0-join": "all",
        "0.0-field": "person.score",
        "0.0-op": ">",
        "0.0-value": "many",
        "0.1-field": "person.job_title",
        "0.1-op": "contains",
        "0.1-value": "head",
    }

    answer = signed_in(rep).post(f"{FORM}?list=people", sent, headers=HTMX)

    assert answer.status_code == 422
    assert [(line.first, line.error) for line in answer.context["draft"].lines()] == [
        ("many", "“Score” needs a number like 70 or 12.5, of at most 15 digits."),
        ("head", ""),
    ]
    assert 'aria-invalid="true"' in answer.content.decode()


def test_two_hundred_conditions_are_refused_and_nothing_lost(people, rep, signed_in):
    sent = {"0-join": "any"}
    for number in range(200):
        sent |= {
            f"0.{number}-field": "person.score",
            f"0.{number}-op": "=",
            f"0.{number}-value": str(number),
        }

    answer = signed_in(rep).post(f"{FORM}?list=people", sent)

    assert answer.status_code == 422
    assert "it has 200 conditions and may have 50, take some out." in answer.content.decode()
    assert [line.first for line in answer.context["draft"].lines()] == [str(n) for n in range(200)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("69", "1 person matches"),
        ("9", "3 people match"),
        ("", "3 people match"),
        ("x", "“Score” needs a number like 70 or 12.5, of at most 15 digits."),
    ],
)
def test_count_follows_what_is_typed(value, words, people, rep, signed_in):
    sent = {"0-join": "all", "0.0-field": "person.score", "0.0-op": ">", "0.0-value": value}

    answer = signed_in(rep).post(f"{FORM}?list=people", {**sent, "do": "count"}, headers=HTMX)

    assert answer.content.decode().strip() == words


def test_count_is_that_of_the_tab_and_the_quick_filter(people, rep, colleague, signed_in):
    show(person_id=a_person(full_name="Bea Other", owner=colleague).pk, stage="mql")
    sent = {"0-join": "all", "0.0-field": "person.stage", "0.0-op": "is", "0.0-value": "mql"}
    url = f"{FORM}?{state_of([('list', 'people'), ('state', 'view=mine&q=be')])}"

    answer = signed_in(rep).post(url, {**sent, "do": "count"}, headers=HTMX)

    assert answer.content.decode().strip() == "1 person matches"


@pytest.mark.parametrize("name", ["", "gone", "costs"])
def test_form_of_no_list_is_not_found(name, rep, admin, signed_in):
    assert signed_in(admin).get(FORM, {"list": name}).status_code == 404


def test_form_is_for_those_who_may_open_the_list(rep, signed_in, monkeypatch):
    monkeypatch.setattr("baton.core.access.models.User.may", lambda user, name: False)

    assert signed_in(rep).get(FORM, {"list": "people"}).status_code == 404


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

    assert cost() == few <= 16


VALUES = {
    FieldKind.TEXT: "a",
    FieldKind.NUMBER: "7",
    FieldKind.DATE: "2026-03-01",
    FieldKind.BOOLEAN: True,
}


def a_value(field, op):
    """Whatever it may be asked for."""
    if op in WITH_DAY_COUNT:
        return 7
    first = next(iter(field.choices()), ("", ""))[0] if field.choices else VALUES[field.kind]
    one: Any = int(str(first)) if field.kind is FieldKind.RELATION else first
    return [one, one] if op in WITH_LIST | WITH_PAIR else one


def every_question(fields):
    """One group of all comparisons for each field."""
    for key, field in fields.items():
        if field.kind is FieldKind.RELATION and not list(field.choices()):
            continue
        yield {
            "any": [
                {"field": key, "op": op.value}
                | ({} if op in WITHOUT_VALUE else {"value": a_value(field, op)})
                for op in OPERATORS[field.kind]
            ]
        }


@pytest.mark.parametrize("name", ["people", "companies", "deals", "campaigns", "tasks", "leads"])
def test_every_field_of_a_list_can_be_asked_by_each_comparison(name, admin):
    place: Any = saved_lists.find(name)
    listing = place.listing()
    rows = listing.rows(admin, QueryDict())

    for tree in every_question(listing.asks.fields_for(admin)):
        asked = listing.asks.read(written(tree), user=admin)
        list(listing.asks.narrow(rows, asked)[:1])

        assert (asked.lost, len(asked.parts)) == ((), 1)


def test_deals_are_asked_in_their_table_and_on_their_board(rep, signed_in):
    large = a_deal(by=rep, amount=Decimal(900))
    a_deal(by=rep, amount=Decimal(20))
    client, word = signed_in(rep), asking(["amount", ">", 100], ["state", "is", "open"])

    table = client.get(reverse("deals:deals"), {"as": "table", "filter": word})
    board = client.get(reverse("deals:deals"), {"filter": word})

    [card] = [card for column in board.context["board"].columns for card in column.cards]
    assert [row.object for row in table.context["list"].rows] == [large]
    assert parse_qs(urlsplit(card.move_url).query)["filter"] == [word]
    assert chips(board) == chips(table) == ["Amount over 100", "State is Open"]


@pytest.mark.parametrize("state", list(State))
def test_campaigns_are_asked_for_where_they_stand(state, admin, signed_in):
    today = timezone.localdate()
    for starts, ends in [(-9, -1), (-9, 0), (0, 9), (1, None), (None, None), (None, -1)]:
        a_campaign(
            starts_on=None if starts is None else today + timedelta(days=starts),
            ends_on=None if ends is None else today + timedelta(days=ends),
        )

    answer = signed_in(admin).get(
        reverse("campaigns:list"), {"filter": asking(["state", "is", state])}
    )

    found = [row.object for row in answer.context["list"].rows]
    assert found
    for one in Campaign.objects.all():
        stands = campaign_state(starts_on=one.starts_on, ends_on=one.ends_on, on=today)
        assert (one in found) == (stands is state)


@pytest.mark.parametrize(
    ("parts", "count"),
    [([MQL], 2), ([], 3), ([MQL, ["budget", "is", 3]], 0), ([["gone", "is", 1]], 0)],
)
def test_act_on_all_reaches_nobody_where_a_condition_is_left_out(parts, count, people, rep):
    act = next(act for act in bulk_acts if act.on == "people")

    found = matching(act, urlencode({"filter": asking(*parts)}), user=rep)

    assert found.count() == count
