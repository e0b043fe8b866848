from django.db import models
from django.db.models import Q

from baton.core.access.querysets import CommonQuerySet
from baton.core.keys import LIVING, RecordModel
from baton.marketing.traffic import permissions


class TrafficQuerySet(CommonQuerySet["Traffic"]):
    viewed_with = permissions.VIEW_TRAFFIC


class Traffic(RecordModel):
    """What another system counted on one day, of one way to come. It is nobody's: no person."""

    system = models.CharField(max_length=40)  # the source of its import: "google_analytics"
    day = models.DateField()
    channel = models.CharField(max_length=40)  # capture's rules.Channel
    by = models.CharField(max_length=40)  # the columns that part its file: "group source medium"
    group = models.CharField(max_length=80, blank=True)  # its channel, in that system's words
    source = models.CharField(max_length=120, blank=True)
    medium = models.CharField(max_length=120, blank=True)
    campaign = models.CharField(max_length=160, blank=True)
    sessions = models.PositiveIntegerField(null=True)  # null: the file does not say
    users = models.PositiveIntegerField(null=True)
    key_events = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    objects = TrafficQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "day", "group", "source", "medium", "campaign"],
                condition=Q(**LIVING),
                name="traffic_counted_once",
            )
        ]
        indexes = [
            models.Index(fields=["day", "id"], name="traffic_by_day"),
            models.Index(fields=["channel", "day"], name="traffic_of_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.channel}"
