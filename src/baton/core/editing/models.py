from typing import ClassVar

from django.db import models

from baton.core.access.models import User
from baton.core.keys import KeyedModel


class BulkRun(KeyedModel):
    """An act on very many rows, done bite by bite; ``cursor`` is the last one looked at."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=80)  # slots.BulkAct.key
    asked = models.TextField(blank=True)  # the list's address
    value = models.CharField(max_length=200, blank=True)  # what was chosen, as typed
    batch = models.UUIDField()
    is_undo = models.BooleanField(default=False)  # takes the batch back
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)  # done, and those that refused
    cursor = models.PositiveBigIntegerField(default=0)
    last = models.PositiveBigIntegerField()  # what came later than the question is left out
    ended_at = models.DateTimeField(null=True)
    is_cancelled = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["BulkRun"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.act}: {self.done} of {self.total}"
