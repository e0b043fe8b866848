from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.fields.actions import limit_field
from baton.core.limits import read_by
from baton.core.settings.queries import one_organisation
from baton.insight.goals.tests.factories import a_goal
from baton.insight.reviews.actions import finish_review
from baton.insight.reviews.queries import agenda_of, behind, week_of, whole_agenda
from baton.insight.reviews.reading import read_review
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.qualification.handoff.actions import reject_handoff
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, a_rep
from baton.records.audience.tests.factories import a_persona
from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import edit_deal, lose_deal, win_deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)
WEEK_OF = date(2026, 3, 6)


def agenda(user, *, day=WEEK_OF, at=FRIDAY):
    with one_organisation():
        return agenda_of(week_of(day), user=user, at=at, today=at.date())


def lines(user, place, **over):
    found = agenda(user, **over)[place].lines
    return [(one.words, one.value.replace("\xa0", " ")) for one in found]


def counted(what, user):
    rows = behind(what, week=week_of(WEEK_OF), user=user, at=FRIDAY).rows
    return rows.count()


def test_lead_that_nobody_answered_is_a_clock_missed(admin):
    a_default_pool(a_rep("Ann"))
    a_handoff(at=AT)

    found = dict(lines(admin, 1))

    assert found["Not answered in time"] == "1"
    assert found["MQLs handed over"] == "1"
    assert counted("accept", admin) == 1
    assert dict(lines(admin, 1, day=date(2026, 3, 9)))["Not answered in time"] == "0"


def test_what_leads_cost_that_nobody_answered_stands_there_when_there_are_any(admin):
    a_default_pool(a_rep("Ann"))
    campaign = a_campaign(code="spring")
    a_cost(campaign=campaign, amount=Decimal(900))
    answered = a_handoff(at=AT, person=a_person(campaign="spring"))
    assert answered.rep
    reject_handoff(handoff=answered, reason="no_fit", by=answered.rep, at=AT)
    words = "Leads that nobody answered"
    assert words not in dict(lines(admin, 1))

    a_handoff(at=AT, person=a_person(campaign="spring"))
    a_handoff(at=AT)

    assert dict(lines(admin, 1))[words] == "2, €450 spent, of 1 unknown"
    assert counted("unanswered", admin) == 2


def rejected(rep, at, *, campaign, no=True):
    handoff = a_handoff(at=at, person=a_person(campaign=campaign, channel="email"))
    assert handoff.rep
    if no:
        reject_handoff(handoff=handoff, reason="no_fit", by=handoff.rep, at=at)
    else:
        Handoff.objects.filter(pk=handoff.pk).update(state="accepted", answered_at=at)
    Handoff.objects.filter(pk=handoff.pk).update(campaign=campaign)


def test_campaign_worse_than_its_own_past_stands_first_with_its_chance(admin):
    rep = a_rep("Ann")
    a_default_pool(rep, open_cap=99)
    for day in range(6):
        rejected(rep, AT - timedelta(days=7 + day), campaign="spring", no=False)
    for _ in range(4):
        rejected(rep, AT, campaign="spring")
        rejected(rep, AT - timedelta(days=9), campaign="autumn")
    rejected(rep, AT, campaign="autumn")

    found = lines(admin, 2)

    assert [words for words, _value in found] == ["spring", "autumn"]
    assert found[0][1] == "4 of 4 rejected, 0 % before; luck does so in 0.5 % of weeks"
    assert found[1][1] == "1 of 1 rejected, 100 % before"


def asked(rep, *, late, in_time, due_at):
    """So many leads of which this rep was asked, due then."""
    for number in range(late + in_time):
        offer = a_handoff(at=AT).offers.get()
        minutes = timedelta(minutes=20 if number < late else -20)
        offer.rep, offer.due_at, offer.ended_at = rep, due_at, due_at + minutes
        offer.outcome = "accepted"
        offer.save()


def test_rep_slower_than_their_own_past_is_named_with_the_chance(admin):
    ann, ben = a_rep("Ann"), a_rep("Ben")
    a_default_pool(a_rep("Cleo"), open_cap=99)
    for rep, late in ((ann, 0), (ben, 3)):
        asked(rep, late=late, in_time=6 - late, due_at=AT - timedelta(days=9))
        asked(rep, late=3, in_time=1, due_at=AT + timedelta(hours=2))

    (name, url), *others = agenda(admin)[1].lines[1].rows
    asked_by_ann = parse_qs(urlsplit(url).query)["asked"][0]
    rows = behind("silent", week=week_of(WEEK_OF), user=admin, at=FRIDAY, asked=UUID(asked_by_ann))

    assert name.replace("\xa0", " ") == (
        "Ann: 3 of 4 not in time, 0 % before; luck does so in 3.3 % of weeks"
    )
    assert others == []  # Ben was as slow before
    assert rows.rows.count() == 3
    assert counted("silent", admin) == 6


def test_chance_that_is_next_to_none_is_not_told_as_none(admin):
    ann = a_rep("Ann")
    a_default_pool(a_rep("Cleo"), open_cap=99)
    asked(ann, late=0, in_time=9, due_at=AT - timedelta(days=9))
    asked(ann, late=6, in_time=0, due_at=AT + timedelta(hours=2))

    [(name, _url)] = agenda(admin)[1].lines[1].rows

    assert name.replace("\xa0", " ").endswith("; luck does so in less than 0.1 % of weeks")


def test_wins_and_losses_with_reasons_and_competitors(admin):
    win_deal(deal=a_deal(by=admin, at=AT), reason="proof", by=admin, at=FRIDAY)
    for _ in range(2):
        deal = a_deal(by=admin, at=AT, amount=Decimal(500))
        lose_deal(deal=deal, reason="competitor", competitor="Wattwise", by=admin, at=FRIDAY)

    found = lines(admin, 4)

    assert found[0] == ("Deals won", "1, €10,000")
    assert found[2] == ("Deals lost", "2, €1,000")
    assert found[3][0].endswith("Wattwise")
    assert found[3][1] == "2"


def test_objection_that_no_persona_knows_is_a_gap(admin):
    a_persona(objections=["Too dear."])
    for objection in ("too dear", "We measure ourselves"):
        deal = a_deal(by=admin, at=AT)
        edit_deal(deal=deal, values={"objection": objection}, by=admin, at=FRIDAY)

    assert lines(admin, 5) == [("We measure ourselves", "1")]


def test_stuck_deals_are_named(admin):
    a_deal(by=admin, at=AT, name="Kiln audit", close_on=date(2026, 3, 5))

    overdue, no_step = agenda(admin)[3].lines

    assert [name for name, _url in overdue.rows] == ["Kiln audit"]
    assert (overdue.value, no_step.value) == ("1", "1")


def test_stuck_deals_are_not_told_to_whom_it_is_hidden_why(admin, rep, signed_in):
    for name in ("close_on", "next_step"):
        values = {"hidden_for": [rep.role]}
        limit_field(object_type="deal", name=name, values=values, by=admin, at=AT)
    a_deal(by=admin, owner=rep, at=AT, name="Kiln audit", close_on=date(2026, 3, 5))
    rep = User.objects.get(pk=rep.pk)

    with read_by(rep.limits):
        assert agenda(rep)[3].lines == []
    page = reverse("reviews:behind")
    asked = [f"{page}?what={what}&week=2026-03-02" for what in ("overdue", "no_step", "won")]
    assert [signed_in(rep).get(url).status_code for url in asked] == [404, 404, 200]


def test_goal_that_is_behind_is_talked_about(admin):
    a_goal(unit="quarter")
    a_goal(unit="quarter", figure="win_rate", target=Decimal("0.1"))

    assert lines(admin, 0) == [("Leads, Company", "0 % of what is due")]


def test_goal_of_one_is_told_of_a_kept_agenda_to_those_who_see_all(admin, rep, outsider, marketer):
    User.objects.filter(role=Role.ADMIN).update(is_active=False)  # who was in charge first left
    create_user(name="Olga", role=Role.OWNER)
    manager = create_user(name="Nora", role=Role.SALES_MANAGER, team=rep.team)
    for whose in ({}, {"rep": outsider}, {"team": outsider.team}):
        a_goal(unit="quarter", **whose)
    a_goal(unit="quarter", figure="won", target=Decimal(9000))
    with one_organisation():
        whole = whole_agenda(week_of(WEEK_OF), by=manager, at=FRIDAY, today=FRIDAY.date())
    kept = [section.plain() for section in whole]
    review = finish_review(day=WEEK_OF, agenda=kept, by=manager, at=FRIDAY)

    def told(user):
        sections = read_review(review, WEEK_OF, user=user)["sections"]
        return [line["words"].partition(", ")[2] for line in sections[0]["lines"]]

    assert told(marketer) == ["Company", "Company", outsider.team.name, outsider.name]
    assert told(rep) == told(manager) == ["Company", "Company"]
    values = {"hidden_for": [marketer.role]}
    limit_field(object_type="deal", name="amount", values=values, by=None, at=AT)
    with read_by(marketer.limits):
        assert told(marketer) == ["Company", outsider.team.name, outsider.name]


def test_agenda_asks_the_same_of_few_and_of_many(admin):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            agenda(admin)
        return len(queries)

    def week():
        rejected(None, AT, campaign="spring")
        lose_deal(deal=a_deal(by=admin, at=AT), reason="price", by=admin, at=FRIDAY)
        deal = a_deal(by=admin, at=AT)
        edit_deal(deal=deal, values={"objection": f"No {deal.pk}"}, by=admin, at=FRIDAY)

    a_default_pool(a_rep("Ann"), open_cap=99)
    week()
    few = asked()
    for _ in range(3):
        week()

    assert asked() == few
