"""Filters of lists, put together with and without script."""

from urllib.parse import parse_qs, urlsplit

import pytest

from baton.core.filters.rows import FilterRows
from baton.core.limits import Limits, read_by
from baton.core.saved.rules import state_of
from baton.records.people.actions import show
from baton.records.people.tests.factories import a_person
from tests.core.asked import FORM, HTMX, MQL, PEOPLE, asked_in, asking, names

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("place", ["dialog", ""])
def test_chosen_field_draws_the_form_in_its_place_and_leaves_the_focus(
    place, people, rep, signed_in
):
    sent = {"0.0-field": "person.score", "do": "change:0.0-field", "in": place}

    answer = signed_in(rep).post(f"{FORM}?list=people", sent, headers=HTMX)

    html = answer.content.decode()
    assert html.strip().startswith("<form")
    assert "data-focus" not in html
    assert ('hx-target="#dialog"' in html) == bool(place)  # further buttons draw where it stands


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


def test_nobody_asks_by_a_field_that_is_hidden_from_them():
    title = {"all": [{"field": "person.job_title", "op": "contains", "value": "chief"}]}
    plain = FilterRows(object_type="person", tree=title)

    with read_by(lambda kind: Limits(hidden=frozenset({"job_title"} if kind == "person" else ()))):
        stored, asked = FilterRows(object_type="person", tree=title), FilterRows({})

    assert (plain.is_kept, stored.is_kept) == (False, True)
    assert stored.tree() == title
    assert "person.job_title" in plain.offered
    assert "person.job_title" not in asked.offered
