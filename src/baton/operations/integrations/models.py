from typing import ClassVar

from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.keys import KeyedModel, RecordModel


class Endpoint(RecordModel):
    """Where another program wants to be told; ``facts`` are their names, none = all of them."""

    url = models.CharField(max_length=500)
    description = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=list)
    secret = models.TextField()  # sealed
    former_secret = models.TextField(blank=True)  # sealed
    former_until = models.DateTimeField(null=True)
    is_on = models.BooleanField(default=True)
    failing_since = models.DateTimeField(null=True)  # nothing got through since
    given_up_at = models.DateTimeField(null=True)  # switched off by the house
    busy_until = models.DateTimeField(null=True)  # one call at a time: whoever calls it now
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager["Endpoint"]] = models.Manager()

    def __str__(self) -> str:
        return self.description or self.url


class Delivery(KeyedModel):
    """One fact for one endpoint. The row is what is owed; a job only looks what is due."""

    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    message_id = models.CharField(max_length=60)  # the fact's key: the same each time it is sent
    name = models.CharField(max_length=80)
    body = models.TextField()
    state = models.CharField(max_length=10, default="waiting")  # rules.State
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # of the latest answer
    told = models.TextField(blank=True)  # its beginning, or why none came
    attempts = models.JSONField(default=list)  # at, status, told, milliseconds

    objects: ClassVar[models.Manager["Delivery"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "message_id"], name="delivered_once")
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "due_at"],
                condition=Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(fields=["endpoint", "state", "id"], name="delivery_by_state"),
            models.Index(fields=["created_at"], name="delivery_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.name} to {self.endpoint_id}"
