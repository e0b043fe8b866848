"""Whom of a pool a lead goes to before turns: who speaks it, knows it, works now, has room."""

from datetime import timedelta

import pytest

from baton.core.access.actions import edit_user
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import PoolMember, RoutingRule
from baton.qualification.handoff.readback import decision_lines
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def lines_of(handoff):
    latest = handoff.offers.order_by("-round").first()
    return [line.words for line in decision_lines(latest.decision)]


def test_language_asks_for_one_who_speaks_it_and_falls_back(teo, ravi):
    a_default_pool(teo, ravi)
    actions.set_profile(user=ravi, languages=["Français"], skills=[], by=None, at=AT)

    french = [a_handoff(person=a_person(language="fr-FR")) for _ in range(3)]
    PoolMember.objects.filter(user=ravi).update(open_cap=3)
    fallen_back = a_handoff(person=a_person(language="fr"))

    assert [one.rep for one in french] == [ravi] * 3
    assert "Asked among those who speak French" in lines_of(french[0])
    assert fallen_back.rep == teo
    assert "Nobody who is free speaks French: any of them is asked" in lines_of(fallen_back)


def test_rule_asks_for_one_who_has_the_skill_and_falls_back(teo, ravi):
    pool = a_default_pool(teo, ravi)
    dairies = {"field": "person.industry", "op": "is", "value": "Dairy"}
    RoutingRule.objects.create(name="Food", condition=dairies, pool=pool, position=1, skill="food")
    actions.set_profile(user=ravi, languages=[], skills=["Food"], by=None, at=AT)

    def dairy():
        return a_handoff(person=a_person(company=a_company(industry="Dairy")))

    asked = [dairy() for _ in range(3)]
    PoolMember.objects.filter(user=ravi).update(open_cap=3)
    fallen_back = dairy()

    assert [one.rep for one in asked] == [ravi] * 3
    assert "Asked among those who know food" in lines_of(asked[0])
    assert fallen_back.rep == teo


def test_daily_cap_ends_at_midnight_of_the_house(teo, ravi):
    a_default_pool(teo, ravi)
    PoolMember.objects.filter(user=teo).update(daily_cap=1)

    today = [a_handoff().rep for _ in range(4)]
    tomorrow = [a_handoff(at=AT + timedelta(days=1)).rep for _ in range(2)]

    assert today.count(teo) == 1
    assert tomorrow.count(teo) == 1


def test_those_who_work_now_come_first_where_the_pool_says_so(teo, ravi):
    pool = a_default_pool(teo, ravi)
    actions.edit_pool(pool=pool, values={"asks_workers": True}, by=None, at=AT)
    edit_user(user=teo, values={"hours": {"sat": [["09:00", "12:00"]]}})

    asked = [a_handoff().rep for _ in range(3)]

    assert asked == [ravi] * 3
