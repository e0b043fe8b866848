"""Which goals there are."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.home.slots import SELLERS
from baton.core.prepared import Fixed, Prepared
from baton.insight.goals.models import Goal, GoalQuerySet
from baton.insight.goals.queries.figures import FIGURES, QUOTA
from baton.insight.goals.rules import Span

ORDER = {name: place for place, name in enumerate(FIGURES)}


def goals_of(user: User, span: Span) -> list[Goal]:
    """Those of exactly these days: the company's first, then teams' and reps', by figure."""
    rows = Goal.objects.visible_to(user).on(span).select_related("team", "rep", "owner")
    return sorted(rows, key=_place)


def goals_on_home(user: User, span: Span, *, most: int) -> list[Goal]:
    """A seller's own; of others those they answer for, and the company's."""
    return _MINE.rows(user=user, first=span.first, last=span.last, most=Fixed(most))


def _mine(user: User, first: date, last: date, most: int) -> GoalQuerySet:
    whose = Q(rep=user.pk) | Q(owner=user.pk)
    if user.role not in SELLERS:
        whose |= Q(rep=None, team=None)
    rows = Goal.objects.visible_to(user).filter(whose, starts_on=first, ends_on=last)
    return rows.select_related("team", "rep", "owner").order_by("pk")[:most]


_MINE = Prepared(_mine)


def _place(goal: Goal) -> tuple[int, int, str]:
    level = 2 if goal.rep_id else 1 if goal.team_id else 0
    return level, ORDER.get(goal.figure, len(ORDER)), names_of_goal(goal)


def names_of_goal(goal: Goal) -> str:
    """Whose it is."""
    if goal.rep:
        return goal.rep.name
    return goal.team.name if goal.team else str(_("Company"))


def quotas_of(span: Span) -> Mapping[int, Decimal]:
    """What reps are to win in these days, by user."""
    rows: GoalQuerySet = Goal.objects.living().on(span).filter(figure=QUOTA, rep__isnull=False)
    return {goal.rep_id: goal.target for goal in rows if goal.rep_id}
