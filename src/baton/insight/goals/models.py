from django.db import models
from django.db.models import F, Q

from baton.core.access.models import Team, User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.access.roles import Scope, Verb
from baton.core.access.visibility import of_teams, team_ids
from baton.core.addresses import address
from baton.core.keys import LIVING, RecordModel
from baton.core.limits import hidden
from baton.insight.goals import permissions
from baton.insight.goals.rules import Span

OF_AMOUNTS = frozenset({"pipeline", "won", "revenue"})  # figures made of what deals are worth
OF_OWNERS = OF_AMOUNTS | {"win_rate"}  # and of whose deals, where a goal is a team's or a rep's
ONE = ("figure", "starts_on", "ends_on")  # beside whose it is: of these there is one goal


class GoalQuerySet(GuardedQuerySet["Goal"]):
    """The company's are everybody's to see; a team's and a rep's as far as one reaches."""

    viewed_with = permissions.VIEW_GOALS

    def reached_by(self, user: User, permission: Permission) -> "GoalQuerySet":
        """Those in the trash, too; none of what is hidden from whoever reads."""
        return self.told()._reached_by(user, permission)

    def told(self) -> "GoalQuerySet":
        gone = hidden("deal")
        rows = self.exclude(figure__in=OF_AMOUNTS) if "amount" in gone else self
        if "owner" not in gone:
            return rows
        return rows.exclude(~Q(team=None, rep=None), figure__in=OF_OWNERS)

    def _reached_by(self, user: User, permission: Permission) -> "GoalQuerySet":
        scope = user.scope(permission)
        if scope is None:
            return self.none()
        if scope is Scope.ALL:
            return self.all()
        reached = Q(rep=user)
        if scope is Scope.TEAM:
            reached |= Q(rep__in=of_teams(user)) | Q(team__in=team_ids(user))
        if permission.verb is Verb.VIEW:
            reached |= Q(rep=None, team=None)
        return self.filter(reached)

    def on(self, span: Span) -> "GoalQuerySet":
        return self.filter(starts_on=span.first, ends_on=span.last)


class Goal(RecordModel):
    """A figure, its target and its days; of the company unless a team or a rep is named."""

    figure = models.CharField(max_length=40)  # queries.figures: its name
    unit = models.CharField(max_length=8)  # rules.Unit
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rep = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(  # who answers for it
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A count, money in the company's currency, a share from 0 to 1, or minutes.
    target = models.DecimalField(max_digits=18, decimal_places=4)
    note = models.CharField(max_length=250, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="goal_is_of_one", condition=Q(team=None) | Q(rep=None)),
            models.CheckConstraint(name="goal_has_a_target", condition=Q(target__gt=0)),
            models.CheckConstraint(
                name="goal_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=ONE,
                condition=Q(team=None, rep=None, **LIVING),
                name="goal_of_company_once",
            ),
            models.UniqueConstraint(
                fields=[*ONE, "team"], condition=Q(**LIVING), name="goal_of_team_once"
            ),
            models.UniqueConstraint(
                fields=[*ONE, "rep"], condition=Q(**LIVING), name="goal_of_rep_once"
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="goal_by_days")]

    def __str__(self) -> str:
        return f"{self.figure} {self.starts_on}"

    def get_absolute_url(self) -> str:
        return address("goals:goal", self.key)

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)
