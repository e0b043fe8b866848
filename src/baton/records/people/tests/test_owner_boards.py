"""People and companies as a board by their owner: a card that is moved gives the record."""

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PEOPLE, COMPANIES = "/people/", "/people/companies/"
BY_OWNER = {"as": "board", "by": "owner"}


def cards(answer, name):
    [found] = [one for one in answer.context["list"].board.board.columns if one.name == name]
    return found.cards


@pytest.mark.parametrize(
    ("place", "make"), [(PEOPLE, a_person), (COMPANIES, a_company)], ids=["person", "company"]
)
def test_card_on_the_board_by_owner_is_given_to_a_colleague_and_back(
    place, make, rep, colleague, signed_in
):
    record = make(owner=rep)
    browser = signed_in(rep)
    [card] = cards(browser.get(place, BY_OWNER), rep.name)

    moved = browser.post(card.move_url, {"stage": str(colleague.pk)}, headers=HTMX)

    record.refresh_from_db()
    assert record.owner == colleague
    assert cards(moved, colleague.name)
    change = Change.objects.get(verb="edited")
    browser.post(reverse("changes:undo", args=[change.batch]), headers=HTMX)
    record.refresh_from_db()
    assert record.owner == rep


def test_card_moved_to_nobody_has_no_owner(rep, admin, signed_in):
    person = a_person(owner=rep)
    browser = signed_in(admin)
    [card] = cards(browser.get(PEOPLE, BY_OWNER), rep.name)

    browser.post(card.move_url, {"stage": "-"}, headers=HTMX)

    assert Person.objects.get(pk=person.pk).owner is None


def test_board_by_owner_begins_with_those_who_own_something(rep, colleague, admin, signed_in):
    last = max((rep, colleague, admin), key=lambda one: one.name)
    a_person(owner=last)

    columns = signed_in(admin).get(PEOPLE, BY_OWNER).context["list"].board.board.columns

    assert columns[0].name == last.name
