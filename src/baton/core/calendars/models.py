from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import CommonQuerySet, GuardedQuerySet
from baton.core.addresses import address
from baton.core.calendars import permissions
from baton.core.keys import LIVING, RecordModel
from baton.core.worktime.rules import DaysAway


class LeaveQuerySet(GuardedQuerySet["Leave"]):
    """Why somebody is away is nobody else's business."""

    viewed_with = permissions.KEEP_LEAVE

    def reached_by(self, user: User, permission: Permission) -> "LeaveQuerySet":
        """One's own, and everybody's for who keeps the calendars; those in the trash, too."""
        if user.may(permissions.MANAGE_CALENDARS):
            return self.all()
        return self.filter(user=user) if user.may(permission) else self.none()

    def around(self, at: datetime) -> "LeaveQuerySet":
        """Those that may hold at this moment, in whatever zone."""
        day, today = timedelta(days=1), at.date()
        return self.living().touching(today - day, today + day)

    def touching(self, first: date, last: date) -> "LeaveQuerySet":
        """Those with a day between these two, both included."""
        return self.filter(from_on__lte=last, to_on__gte=first)


class Leave(RecordModel):
    """Days off of one user, on the clock of where they work; half of the first or last day, too."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="leaves", db_index=False)
    kind = models.CharField(max_length=12)  # rules.LeaveKind
    from_on = models.DateField()
    to_on = models.DateField()
    starts_at_noon = models.BooleanField(default=False)
    ends_at_noon = models.BooleanField(default=False)
    note = models.CharField(max_length=120, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="leave_ends_after_start", condition=Q(to_on__gte=F("from_on"))
            )
        ]
        indexes = [models.Index(fields=["user", "to_on"], name="leave_of_user")]

    def __str__(self) -> str:
        return f"{self.from_on} to {self.to_on}"

    def get_absolute_url(self) -> str:
        return address("calendars:edit", self.key)

    def days_away(self) -> DaysAway:
        """As the rules take it."""
        return DaysAway(
            from_on=self.from_on,
            to_on=self.to_on,
            starts_at_noon=self.starts_at_noon,
            ends_at_noon=self.ends_at_noon,
        )


class FreeDayQuerySet(CommonQuerySet["FreeDay"]):
    viewed_with = permissions.VIEW_CALENDARS


class FreeDay(RecordModel):
    """A day on which nobody of the company works, beside the public holidays."""

    on = models.DateField()
    name = models.CharField(max_length=120)
    is_yearly = models.BooleanField(default=False)  # from that year on

    objects = FreeDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on"], condition=Q(**LIVING), name="free_day_once")
        ]

    def __str__(self) -> str:
        return self.name
