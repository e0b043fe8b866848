from typing import ClassVar

from django.db import models

from baton.core.access.models import User
from baton.core.keys import KeyedModel


class Import(KeyedModel):
    """One run over one or more files: what came in, what failed, and the batch of its facts.

    Files that were uploaded lie in a folder of their own (``actions.keeping.folder_of``) and are
    looked through first: ``report`` is what was found then, and what came of it in the end.
    """

    recipe = models.CharField(max_length=120)
    source = models.CharField(max_length=40)
    files = models.JSONField(default=list)  # names
    batch = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, default="running")  # rules.uploads.State
    is_uploaded = models.BooleanField(default=False)
    zone = models.CharField(max_length=64, blank=True)  # of times that have none
    total = models.PositiveIntegerField(default=0)  # objects in the files
    done = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)  # files, and what was chosen for their columns
    report = models.JSONField(default=dict)  # Tally.data(), and the first changes
    refusal = models.TextField(blank=True)  # why the files cannot be used
    totals = models.JSONField(default=dict)  # created, updated, unchanged, failed
    objects_in = models.JSONField(default=dict)  # the same by object type
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager["Import"]] = models.Manager()

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


class KeptMapping(models.Model):
    """What was chosen for the columns of a file: the next one with the same header asks nobody."""

    header = models.CharField(max_length=64, unique=True)  # rules.chosen.digest_of
    source = models.CharField(max_length=40)
    chosen = models.JSONField()  # rules.chosen.Chosen
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["KeptMapping"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.source} {self.changed_at}"


class Export(KeyedModel):
    """A file that somebody took out: who, what, when, how many rows. The row stays, the file goes.

    A long one is written bite by bite; ``cursor`` names the last row that is in, ``size`` the bytes
    that count: what stands behind them was written by a worker that died.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=80)  # a list's name; EVERYTHING for all of the house
    asked = models.TextField(blank=True)  # the list's address
    chosen = models.JSONField(default=list)  # keys; none: all
    has_all_columns = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cursor = models.TextField(blank=True)
    size = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=12, default="running")  # rules.exports.State
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)  # of the file
    taken_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Export"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.what} {self.created_at}"
