from django.db import models

from baton.core.access.models import User
from baton.core.keys import KeyedModel


class Import(KeyedModel):
    """One run over one or more files: what came in, what failed, and the batch of its facts."""

    recipe = models.CharField(max_length=120)
    source = models.CharField(max_length=40)
    files = models.JSONField(default=list)  # names
    batch = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, default="running")  # running, done, stopped
    totals = models.JSONField(default=dict)  # created, updated, unchanged, failed
    objects_in = models.JSONField(default=dict)  # the same by object type
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.recipe} {self.started_at}"


class ImportedRow(models.Model):
    """What a source said of an object when it was last imported: the same again changes nothing.

    So a file fed twice writes nothing, and what people have edited here since is left alone.
    """

    source = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    external_key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the mapped values
    batch = models.UUIDField()  # the import that wrote it last

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "object_type", "external_key"], name="imported_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.object_type} {self.external_key}"
