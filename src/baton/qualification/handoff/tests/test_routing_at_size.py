"""A decision costs as many statements among many as among few, and reads no rule twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core import filters, offers
from baton.core.filters.fields import find_field
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import RoutingRule
from baton.qualification.handoff.queries import book, read_book
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, a_rep
from baton.records.people.models import Tag
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def read(monkeypatch):
    """The conditions that were read, one by one."""
    found = []
    parse = filters.parse

    def noted(condition, **rest):
        found.append(condition)
        return parse(condition, **rest)

    monkeypatch.setattr(filters, "parse", noted)
    book._parsed.cache_clear()
    book._read_rule.cache_clear()
    return found


def some_rules(pool, *, first, count):
    for number in range(first, first + count):
        condition = {"all": [{"field": "person.country", "op": "is", "value": f"Land {number}"}]}
        RoutingRule.objects.create(
            name=f"Rule {number}", condition=condition, pool=pool, position=number
        )


def test_a_version_of_a_rule_is_read_once(teo, read):
    some_rules(a_default_pool(teo), first=1, count=30)

    once = [rule.chosen for rule in read_book().rules]
    again = [rule.chosen for rule in read_book().rules]
    first = RoutingRule.objects.get(name="Rule 1")
    other = {"all": [{"field": "person.country", "op": "is", "value": "Chad"}]}
    actions.save_routing_rule(rule=first, values={"condition": other}, by=None, at=AT)
    del read[:]
    edited = read_book().rules[0]

    assert once == again
    assert len(once) == 30
    assert read == [other]
    assert edited.chosen != once[0]


def test_a_rule_that_cannot_be_read_is_asked_again_each_time(teo, read):
    pool = a_default_pool(teo)
    RoutingRule.objects.create(name="Gone", condition={"all": "?"}, pool=pool, position=1)

    assert [read_book().rules[0].chosen for _ in range(2)] == [None, None]
    assert len(read) == 2


def test_a_rule_read_once_is_read_no_more_when_its_field_is_gone(teo, monkeypatch):
    pool = a_default_pool(teo)
    some_rules(pool, first=1, count=1)
    field = find_field("person.country")
    assert read_book().rules[0].chosen

    without = [one for one in offers.filter_fields if one is not field]
    monkeypatch.setattr(offers.filter_fields, "_items", without)

    assert read_book().rules[0].chosen is None
    monkeypatch.undo()
    assert read_book().rules[0].chosen


def test_a_rule_read_once_is_read_no_more_when_its_choice_is_gone(teo):
    """As a process reads it that begins now."""
    plants = Tag.objects.create(name="Plants", normalised="plants")
    condition = {"all": [{"field": "person.tags", "op": "in", "value": ["plants"]}]}
    pool = a_default_pool(teo)
    RoutingRule.objects.create(name="Plants", condition=condition, pool=pool, position=1)
    assert read_book().rules[0].chosen
    assert book.read_condition(condition)

    plants.delete()

    assert read_book().rules[0].chosen is None
    assert book.read_condition(condition) is None


def test_as_many_statements_among_many_as_among_few(teo):
    pool = a_default_pool(teo)
    some_rules(pool, first=1, count=1)
    # The first one prepares what later ones ask again.
    actions.accept_handoff(handoff=a_handoff(), by=teo, at=AT)

    def statements():
        person = a_person()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            a_handoff(person=person)
        return len(caught)

    few = statements()
    some_rules(pool, first=2, count=40)
    for _ in range(20):
        actions.set_member(pool=pool, user=a_rep(), by=None, at=AT)
    many = statements()

    assert many == few
