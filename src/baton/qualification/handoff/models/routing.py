from django.db import models
from django.db.models import F, Q, QuerySet

from baton.core.access.models import Team, User
from baton.core.access.permissions import Permission
from baton.core.keys import LivingQuerySet, RecordModel
from baton.qualification.handoff import permissions


class PoolQuerySet(LivingQuerySet["Pool"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "PoolQuerySet":
        """Who takes turns is no secret among those who work leads."""
        return self.all() if user.may(permission) else self.none()


class Pool(RecordModel):
    """Those who take turns (weighted round robin).

    One pool takes what no rule sends elsewhere, one queue catches what nobody took.
    """

    name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    is_default = models.BooleanField(default=False)
    is_catch_all = models.BooleanField(default=False)
    # Leads lie here until a member takes one, instead of being given to whose turn it is.
    is_pull = models.BooleanField(default=False)
    asks_workers = models.BooleanField(default=False)  # those who work now come first
    clock_minutes = models.PositiveIntegerField(null=True)  # empty: as the agreement says
    # Who gets what nobody here takes; empty: the rules go on.
    escalates_to = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="escalated_from"
    )

    objects = PoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_catch_all"],
                condition=Q(is_catch_all=True, deleted_at=None),
                name="one_catch_all",
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True, deleted_at=None),
                name="one_default_pool",
            ),
            models.CheckConstraint(
                name="pool_is_a_queue_or_takes_turns",
                condition=Q(is_catch_all=False) | Q(is_default=False),
            ),
            models.CheckConstraint(
                name="pool_clock_above_zero",
                condition=Q(clock_minutes=None) | Q(clock_minutes__gt=0),
            ),
            models.CheckConstraint(
                name="pool_escalates_to_another",
                condition=Q(escalates_to=None) | ~Q(escalates_to=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PoolMember(models.Model):
    """One who takes turns. ``credit`` is the weighted round robin's memory."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="members", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pool_memberships")
    weight = models.PositiveSmallIntegerField(default=1)
    open_cap = models.PositiveSmallIntegerField(null=True)  # at most so many unanswered at once
    daily_cap = models.PositiveSmallIntegerField(null=True)  # at most so many new ones a day
    is_available = models.BooleanField(default=True)
    credit = models.FloatField(default=0)  # in turns: how many they are behind their share

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "user"], name="pool_member_once"),
            models.CheckConstraint(name="weight_above_zero", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id}: {self.user_id}"


class RoutingRuleQuerySet(QuerySet["RoutingRule"]):
    def living(self) -> "RoutingRuleQuerySet":
        return self.filter(deleted_at=None).order_by("position", "pk")

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "RoutingRuleQuerySet":
        return self.all() if user.may(permission) else self.none()


class RoutingRule(RecordModel):
    """People who ... go to ...: tried in order after recycle and owner rules."""

    name = models.CharField(max_length=120)
    condition = models.JSONField()  # filter over people
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="rules")
    position = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=12, blank=True)  # a code; empty: the person's own
    skill = models.CharField(max_length=60, blank=True)

    objects = RoutingRuleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
