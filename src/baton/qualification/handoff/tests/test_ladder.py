"""Who is told of a late lead beyond the rep."""

from datetime import timedelta

import pytest
import time_machine

from baton.core.access.actions import create_user
from baton.core.access.models import Team
from baton.core.access.roles import Role
from baton.core.bulk import insert_rows, row_maker
from baton.core.keys import new_key
from baton.core.notices import actions as notices
from baton.core.notices.models import Notice
from baton.qualification.handoff import actions
from baton.qualification.handoff.ladder import WAITS, ladder_news
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE = timedelta(minutes=1)
LADDER = {"sales_manager": 10, "head_of_sales": 60}


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def heads(teo):
    """Teo's manager, one of another team, and the head of all."""
    team = Team.objects.create(name="North")
    teo.team = team
    teo.save()
    other = Team.objects.create(name="South")
    people = (
        ("Nora", Role.SALES_MANAGER, team),
        ("Olaf", Role.SALES_MANAGER, other),
        ("Hedda", Role.HEAD_OF_SALES, None),
    )
    for name, role, where in people:
        email = f"{name.lower()}@fennmark.example"
        create_user(name=name, role=role, team=where, email=email, password="of no matter")


def told_by(minutes):
    notices.tell(WAITS, ladder_news(at=AT + minutes * MINUTE))
    return list(Notice.objects.order_by("pk").values_list("user__name", flat=True))


def test_each_rung_is_told_once_and_only_who_sees_the_lead(teo, heads):
    an_agreement({"ladder": LADDER, "hand_raise_accept_minutes": 15})
    a_default_pool(teo)
    a_handoff()

    assert told_by(24) == []
    assert told_by(25) == ["Nora"]
    assert told_by(40) == ["Nora"]
    assert told_by(75) == ["Nora", "Hedda"]


def test_lead_that_went_on_is_late_from_the_first_broken_promise(teo, heads, ravi):
    an_agreement({"ladder": LADDER, "hand_raise_accept_minutes": 15, "grace_minutes": 1})
    a_default_pool(teo, ravi)
    a_handoff()
    ravi.team = teo.team
    ravi.save()
    actions.escalate_overdue(at=AT + 20 * MINUTE)

    assert told_by(30) == []  # the next one has time still
    assert "Hedda" in told_by(80)


def test_accepted_lead_is_late_by_its_first_response(teo, heads):
    an_agreement({"ladder": LADDER, "hand_raise_respond_minutes": 30})
    a_default_pool(teo)
    actions.accept_handoff(handoff=a_handoff(), by=teo, at=AT)

    assert told_by(39) == []
    assert told_by(40) == ["Nora"]


def test_lateness_stands_still_outside_working_hours(teo, heads):
    an_agreement({"ladder": LADDER, "hand_raise_accept_minutes": 15})
    a_default_pool(teo)
    evening = AT + timedelta(hours=6, minutes=40)  # 16:40 in Berlin, of a day that ends at 17:00
    a_handoff(at=evening)

    assert told_by(6 * 60 + 40 + 120) == []


def test_without_a_ladder_nobody_is_told(teo, heads):
    an_agreement()
    a_default_pool(teo)
    a_handoff()

    assert told_by(600) == []


@pytest.mark.parametrize(
    "ladder",
    [
        {"sales_manager": 60, "head_of_sales": 10},
        {"janitor": 10},
        {"sales_manager": 0},
        {"sales_manager": 10_001},
    ],
)
def test_ladder_that_climbs_backwards_or_nowhere_is_refused(ladder):
    with pytest.raises(actions.BadAgreement):
        actions.amend_agreement(values={"ladder": ladder}, by=None, at=AT)


def test_thousands_that_are_late_without_a_ladder_stand_in_no_ladders_way(teo, heads):
    climbed = an_agreement({"ladder": LADDER})
    old = Agreement.objects.get(pk=climbed.pk)
    old.pk, old.key, old.version, old.ladder, old.valid_from = None, new_key(), 99, {}, None
    old.save(force_insert=True)
    a_default_pool(teo)
    lead = a_handoff()
    assert lead.agreement == climbed
    person, handoff = row_maker(Person), row_maker(Handoff)
    named = [person(full_name=f"P {n}", sort_key=f"p {n}") for n in range(5001)]
    like = {"agreement_id": old.pk, "lane": "score", "reason": "Score", "state": "offered"}
    long_ago = AT - timedelta(days=1)
    times = dict.fromkeys(("made_at", "offered_at", "accept_due_at", "escalates_at"), long_ago)
    people = insert_rows(Person, named)
    insert_rows(Handoff, [handoff(person_id=one.pk, **like, **times) for one in people])

    assert told_by(600) == ["Nora", "Hedda"]
