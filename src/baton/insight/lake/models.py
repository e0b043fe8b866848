from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet


class Stream(models.Model):
    """An append-only table that is kept as files, and how far. Its row is locked by who changes
    the manifest."""

    name = models.CharField(max_length=20, primary_key=True)  # facts, hits
    sealed = models.PositiveBigIntegerField(default=0)  # rows up to here lie in files
    swept = models.PositiveBigIntegerField(default=0)  # what was undone up to here is out of them
    shape = models.CharField(max_length=64, blank=True)  # columns, zone: with others all is anew
    version = models.PositiveBigIntegerField(default=0)  # of the manifest: grows with each change

    objects: ClassVar[models.Manager["Stream"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.name} up to {self.sealed}"


class LakeFileQuerySet(QuerySet["LakeFile"]):
    def current(self) -> "LakeFileQuerySet":
        """Those that readers read, in the order of their rows."""
        return self.filter(gone_at=None).order_by("month", "first")


class LakeFile(models.Model):
    """The manifest: a file is in the lake because it stands here, never because it lies there.

    It has all rows of its month between two ids of the stream, both included; two current files of
    one month never overlap. Files are never changed: another one takes the place.
    """

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="files")
    month = models.DateField()  # its first day, in the organisation's zone
    path = models.CharField(max_length=120, unique=True)  # below the lake's folder
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    row_count = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()  # bytes
    checksum = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)  # readers of then may still have it open

    objects = LakeFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["stream", "month", "first"],
                condition=Q(gone_at=None),
                name="lake_file_current",
            ),
            models.Index(
                fields=["gone_at"], condition=Q(gone_at__isnull=False), name="lake_file_gone"
            ),
        ]

    def __str__(self) -> str:
        return self.path
