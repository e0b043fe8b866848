from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import LivingQuerySet, RecordModel
from baton.sales.customers import permissions


class CheckinRuleQuerySet(LivingQuerySet["CheckinRule"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_CUSTOMERS
    ) -> "CheckinRuleQuerySet":
        """The company's: who sees customers reads why they are spoken with so often."""
        return self.all() if user.may(permission) else self.none()

    def in_order(self) -> "CheckinRuleQuerySet":
        """As they are tried: the first one that a customer fits counts."""
        return self.living().order_by("position", "pk")


class CheckinRule(RecordModel):
    """Which customers are spoken with how often, in days from one word to the next, by health;
    whoever fits none is spoken with as the agreement says."""

    name = models.CharField(max_length=80)
    condition = models.JSONField()  # a filter of customers
    position = models.PositiveSmallIntegerField()
    well = models.PositiveSmallIntegerField()
    watch = models.PositiveSmallIntegerField()
    risk = models.PositiveSmallIntegerField()

    objects = CheckinRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "customer checkin rule"
        constraints = [
            models.CheckConstraint(
                name="checkin_rule_has_days", condition=Q(well__gt=0, watch__gt=0, risk__gt=0)
            )
        ]

    def __str__(self) -> str:
        return self.name
