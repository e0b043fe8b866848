from datetime import date
from decimal import Decimal

import pytest

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.actions import LostRace, undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.insight.goals.actions import (
    BadTarget,
    GoalIsThere,
    UnknownFigure,
    edit_goal,
    remove_goal,
    set_quotas,
)
from baton.insight.goals.models import Goal
from baton.insight.goals.permissions import EDIT_GOALS
from baton.insight.goals.rules import Span
from baton.insight.goals.tests.factories import AT, a_goal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_goal_is_of_the_period_that_holds_the_day():
    goal = a_goal(unit="quarter", day=date(2026, 2, 14))

    assert goal.span == Span(date(2026, 1, 1), date(2026, 3, 31))
    assert FactRecord.objects.filter(name="goal.set").count() == 1


def test_one_goal_for_a_figure_of_somebody(rep, colleague):
    a_goal()
    a_goal(rep=rep)
    a_goal(rep=colleague)

    with pytest.raises(GoalIsThere):
        a_goal(rep=rep)
    with pytest.raises(GoalIsThere):
        a_goal()


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"figure": "luck"}, UnknownFigure),
        ({"target": Decimal(0)}, BadTarget),
        ({"figure": "win_rate", "target": Decimal(30)}, BadTarget),
    ],
)
def test_what_makes_no_sense_is_refused(over, refusal):
    with pytest.raises(refusal):
        a_goal(**over)


def test_cost_of_a_customer_is_not_set_for_a_rep(rep):
    with pytest.raises(UnknownFigure):
        a_goal(figure="cac", rep=rep)


def test_change_is_refused_to_who_came_second(admin):
    goal = a_goal()
    edit_goal(goal=goal, values={"target": Decimal(5)}, version=1, by=admin, at=AT)

    with pytest.raises(LostRace):
        edit_goal(goal=goal, values={"target": Decimal(6)}, version=1, by=admin, at=AT)


def test_removed_goal_comes_back(admin):
    goal = a_goal()

    batch = remove_goal(goal=goal, by=admin, at=AT)
    gone = Goal.objects.living().count()
    undo(batch=batch, by=admin, at=AT)

    assert (gone, Goal.objects.living().count()) == (0, 1)


def test_removed_goal_stays_away_where_another_took_its_place(admin):
    goal = a_goal()
    remove_goal(goal=goal, by=admin, at=AT)
    other = a_goal()

    assert list(Goal.objects.living()) == [other]
    with pytest.raises(Exception, match="changed since"):
        undo(batch=_batch(goal), by=admin, at=AT)


def _batch(goal):

    return Change.objects.get(object_type="goal", object_id=goal.pk, verb="deleted").batch


def test_quotas_are_one_act(admin, rep, colleague):
    day = date(2026, 3, 2)
    first = [(rep, Decimal(100)), (colleague, Decimal(200))]
    set_quotas(unit="quarter", day=day, quotas=first, by=admin, at=AT)

    batch = set_quotas(
        unit="quarter", day=day, quotas=[(rep, Decimal(150)), (colleague, None)], by=admin, at=AT
    )
    after = list(Goal.objects.living().values_list("rep__name", "target"))
    undo(batch=batch, by=admin, at=AT)

    assert after == [("Teo", 150)]
    assert sorted(Goal.objects.living().values_list("rep__name", "target")) == [
        ("Nora", 200),
        ("Teo", 100),
    ]


def test_company_goals_are_everybodys_and_a_reps_their_teams(rep, colleague, outsider):
    company, own = a_goal(), a_goal(rep=rep)

    seen = {user.name: set(Goal.objects.visible_to(user)) for user in (rep, colleague, outsider)}

    assert seen == {"Teo": {company, own}, "Nora": {company, own}, "Otto": {company}}


def test_heads_set_goals_and_reps_do_not(rep):
    a_goal(rep=rep)
    head = create_user(name="Ines", role=Role.HEAD_OF_MARKETING)

    assert Goal.objects.visible_to(head, EDIT_GOALS).count() == 1
    assert Goal.objects.visible_to(rep, EDIT_GOALS).count() == 0
