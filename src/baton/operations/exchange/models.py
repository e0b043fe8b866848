from django.db import models

from baton.core.access.models import User
from baton.core.keys import KeyedModel


class Import(KeyedModel):
    """One run over one or more files: what came in, what failed, and the batch to undo it by."""

    recipe = models.CharField(max_length=120)
    files = models.JSONField(default=list)  # [{"name", "sha256"}]
    batch = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, default="running")  # running, done, failed
    totals = models.JSONField(default=dict)  # created, updated, unchanged, failed
    objects_in = models.JSONField(default=dict)  # the same by object
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.recipe} {self.started_at}"
