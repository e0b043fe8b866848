"""Lists as boards by any choice field: columns, cards, and moving as an edit of that field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.models import Change
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.core.saved.models import SavedView
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PEOPLE, COMPANIES = "/people/", "/people/companies/"
BY_SENIORITY = {"as": "board", "by": "seniority"}
TIERS = [Option("gold", "Gold"), Option("silver", "Silver")]


def board_at(browser, url, asked):
    return browser.get(url, asked).context["list"].board.board


def columns(board):
    return [(str(one.name), one.count) for one in board.columns if one.count]


def cards(board, name):
    [found] = [one for one in board.columns if str(one.name) == name]
    return found.cards


def test_board_has_a_column_for_each_choice_and_one_for_none(rep, outsider, signed_in):
    a_person(owner=rep, full_name="Ann Lund", seniority="vp")
    a_person(owner=rep, seniority="entry")
    a_person(owner=rep)
    a_person(owner=outsider, seniority="vp")

    board = board_at(signed_in(rep), PEOPLE, BY_SENIORITY)

    assert columns(board) == [("Vice president", 1), ("Entry level", 1), ("No seniority", 1)]
    assert len(board.columns) == 8
    [card] = cards(board, "Vice president")
    assert (card.title, card.owner) == ("Ann Lund", "Owner Teo")


def test_filter_tabs_and_search_narrow_the_board(rep, signed_in):
    a_person(owner=rep, full_name="Ann Lund", seniority="vp", country="Norway")
    a_person(owner=rep, full_name="Bo Lund", seniority="vp", country="Spain")
    browser = signed_in(rep)

    asked = BY_SENIORITY | {"filter": '[1,["country","is","Norway"]]'}
    searched = board_at(browser, PEOPLE, BY_SENIORITY | {"q": "bo"})

    assert [one.title for one in cards(board_at(browser, PEOPLE, asked), "Vice president")] == [
        "Ann Lund"
    ]
    assert [one.title for one in cards(searched, "Vice president")] == ["Bo Lund"]


def test_board_that_nobody_is_on_says_what_to_do(rep, signed_in):
    page = signed_in(rep).get(PEOPLE, BY_SENIORITY)

    assert "People appear here" in page.content.decode()
    assert "<b-board" not in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("choice", ["gold", "silver", None], [("Gold", 1), ("Silver", 1), ("No Own", 1)]),
        ("boolean", [True, False, None], [("Yes", 1), ("No", 1), ("No Own", 1)]),
    ],
)
def test_own_field_makes_a_board_and_is_moved(rep, signed_in, kind, values, words):
    a_field("Own", kind=kind, options=TIERS if kind == "choice" else [])
    for value in values:
        a_person(owner=rep, custom={} if value is None else {"own": value})
    browser, asked = signed_in(rep), {"as": "board", "by": "custom.own"}
    board = board_at(browser, PEOPLE, asked)

    [card] = cards(board, "No Own")
    browser.post(card.move_url, {"stage": board.columns[0].key}, headers=HTMX)

    assert columns(board) == words
    assert Person.objects.get(key=card.key).custom == {"own": values[0]}


def test_value_that_is_no_choice_has_its_column_and_takes_nobody(rep, signed_in):
    a_person(owner=rep, seniority="vp")
    Person.objects.update(seniority="Grand Vizier")
    moved = a_person(owner=rep)
    browser = signed_in(rep)
    board = board_at(browser, PEOPLE, BY_SENIORITY)
    key = next(one.key for one in board.columns if one.name == "Grand Vizier")

    [card] = cards(board, "No seniority")
    refused = browser.post(card.move_url, {"stage": key}, headers=HTMX)

    assert refused.status_code == 409
    assert "That can be chosen no more." in refused.content.decode()
    assert Person.objects.get(pk=moved.pk).seniority == ""


def test_move_is_an_edit_with_history_and_undo(rep, signed_in):
    person = a_person(owner=rep, full_name="Ann Lund", seniority="vp")
    browser = signed_in(rep)
    [card] = cards(board_at(browser, PEOPLE, BY_SENIORITY), "Vice president")

    moved = browser.post(card.move_url, {"stage": "entry"}, headers=HTMX)

    change = Change.objects.get(object_type="person", verb="edited")
    undo = reverse("changes:undo", args=[change.batch])
    assert (change.before, change.after) == ({"seniority": "vp"}, {"seniority": "entry"})
    assert "“Ann Lund” is in Entry level now." in moved.content.decode()
    assert undo in moved.content.decode()
    assert [one.title for one in cards(moved.context["list"].board.board, "Entry level")]
    browser.post(undo, headers=HTMX)
    assert Person.objects.get(pk=person.pk).seniority == "vp"


def test_move_to_none_empties_the_field(rep, signed_in):
    person = a_person(owner=rep, seniority="vp")
    browser = signed_in(rep)
    [card] = cards(board_at(browser, PEOPLE, BY_SENIORITY), "Vice president")

    browser.post(card.move_url, {"stage": "-"}, headers=HTMX)

    assert Person.objects.get(pk=person.pk).seniority == ""


def test_move_after_somebody_elses_is_refused_with_the_present_board(rep, signed_in):
    person = a_person(owner=rep, seniority="vp")
    browser = signed_in(rep)
    [card] = cards(board_at(browser, PEOPLE, BY_SENIORITY), "Vice president")
    Person.objects.filter(pk=person.pk).update(seniority="manager")

    refused = browser.post(card.move_url, {"stage": "entry"}, headers=HTMX)

    assert refused.status_code == 409
    assert columns(refused.context["list"].board.board) == [("Manager", 1)]
    assert "Somebody moved it meanwhile." in refused.content.decode()
    assert Person.objects.get().seniority == "manager"


def test_move_works_without_script(rep, signed_in):
    person = a_person(owner=rep, seniority="vp")
    browser = signed_in(rep)
    [card] = cards(board_at(browser, PEOPLE, BY_SENIORITY), "Vice president")

    page = browser.get(card.move_url).content.decode()
    moved = browser.post(card.move_url, {"stage": "entry"})

    assert 'value="vp" checked' in page
    assert moved.url == "/people/?as=board&by=seniority"
    assert Person.objects.get(pk=person.pk).seniority == "entry"


def test_cards_that_somebody_may_not_edit_stay(rep, signed_in):
    a_person(owner=rep, seniority="vp")
    viewer = create_user(name="Vera", role=Role.VIEWER, email="vera@halden.example")

    [card] = cards(board_at(signed_in(viewer), PEOPLE, BY_SENIORITY), "Vice president")
    refused = signed_in(viewer).post(
        reverse("people:edit-person", args=[card.key, "seniority"]) + "?as=board&by=seniority",
        {"stage": "entry"},
    )

    assert card.move_url == ""
    assert refused.status_code == 403
    assert Person.objects.get().seniority == "vp"


def test_field_that_is_not_edited_here_makes_a_board_without_moves(rep, signed_in):
    person = a_person(owner=rep, channel="organic_search")
    browser = signed_in(rep)

    by_source = board_at(browser, PEOPLE, {"as": "board", "by": "source"})
    by_stage = board_at(browser, PEOPLE, {"as": "board", "by": "stage"})
    cheat = browser.post(
        reverse("people:edit-person", args=[person.key, "seniority"]) + "?as=board&by=source",
        {"stage": "-"},
        headers=HTMX,
    )

    assert columns(by_source) == [("Organic search", 1)]
    assert cards(by_source, "Organic search")[0].move_url == ""
    assert columns(by_stage) == [("Lead", 1)]
    assert cheat.status_code == 404


def test_role_that_may_not_write_a_field_does_not_move_by_it(rep, signed_in):
    a_field("Own", kind="choice", options=TIERS, read_only_for=["rep"])
    a_person(owner=rep)

    board = board_at(signed_in(rep), PEOPLE, {"as": "board", "by": "custom.own"})

    assert cards(board, "No Own")[0].move_url == ""


def test_long_column_goes_on_by_pages(rep, signed_in):
    names = [f"Person {n:02}" for n in range(45)]
    for name in names:
        a_person(owner=rep, full_name=name, seniority="vp")
    browser, asked = signed_in(rep), BY_SENIORITY | {"sort": "name"}
    [column] = [one for one in board_at(browser, PEOPLE, asked).columns if one.count]

    second = browser.get(PEOPLE + column.next_url, headers=HTMX)
    part = second.context["list"].board.part
    third = browser.get(PEOPLE + part.next_url, headers=HTMX).context["list"].board.part
    whole = browser.get(PEOPLE + column.more_url).context["list"].board.board

    found = [one.title for one in (*column.cards, *part.cards, *third.cards)]
    assert found == sorted(names, key=lambda name: name.split()[::-1])
    assert (column.count, len(column.cards), len(part.cards), third.next_url) == (45, 8, 30, "")
    assert "list-wrap" not in second.content.decode()
    assert len(cards(whole, "Vice president")) == 38


def test_columns_add_up_one_figure(rep, signed_in):
    a_field("Tier", kind="choice", options=TIERS, object_type="company")
    a_company(owner=rep, employee_count=40, custom={"tier": "gold"})
    a_company(owner=rep, employee_count=1200, custom={"tier": "gold"})
    a_company(owner=rep, custom={"tier": "silver"})

    board = board_at(
        signed_in(rep), COMPANIES, {"as": "board", "by": "custom.tier", "sum": "employee_count"}
    )

    assert [(str(one.name), one.total) for one in board.columns] == [
        ("Gold", "1,240"),
        ("Silver", ""),
        ("No Tier", ""),
    ]


def test_view_keeps_the_board(rep, signed_in):
    browser = signed_in(rep)
    a_person(owner=rep)

    browser.post(
        f"{reverse('saved:new')}?list=people&state=as%3Dboard%26by%3Dseniority",
        {"name": "By seniority", "sharing": "private"},
    )

    view = SavedView.objects.get()
    page = browser.get(PEOPLE, BY_SENIORITY | {"saved": str(view.key), "more": "vp:60"})
    assert view.state == "as=board&by=seniority"
    assert not page.context["views"].is_changed
    assert page.context["list"].board


def test_view_of_a_board_whose_field_is_gone_says_so(rep, signed_in):
    browser = signed_in(rep)
    view = SavedView.objects.create(
        list_name="people", name="Own", owner=rep, state="as=board&by=custom.gone"
    )

    page = browser.get(PEOPLE, {"as": "board", "by": "custom.gone", "saved": str(view.key)})

    assert "without what no longer exists: the board" in page.content.decode()
    assert page.context["list"].board is None


def test_board_costs_the_same_however_many_columns_and_cards(rep, signed_in):
    browser = signed_in(rep)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get(PEOPLE, BY_SENIORITY)
        return len(queries)

    for seniority in ["", "vp"]:
        for _number in range(9):
            a_person(owner=rep, seniority=seniority)
    a_person(owner=rep, seniority="entry")
    cost()
    few = cost()
    for seniority in ["", "vp", "entry", "senior", "manager"]:
        for _number in range(3):
            a_person(owner=rep, company=a_company(), seniority=seniority)

    assert cost() == few
