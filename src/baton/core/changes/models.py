from uuid import UUID

from django.db import models

from baton.core.access.models import User
from baton.core.keys import new_key
from baton.core.whence import LONGEST, ip_now, name_now, way_now


class Change(models.Model):
    """What one action did to one record: the fields it touched, before and after."""

    object_type = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=20)  # created, edited, deleted, restored
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    cause = models.CharField(max_length=80, blank=True)  # "import", "routing", "undo" ...
    batch = models.UUIDField(default=new_key)  # one act of a person: one bulk edit, one import
    undone_at = models.DateTimeField(null=True)
    # From where: null is unknown, and lets a database add these without writing a row anew.
    way = models.CharField(max_length=10, null=True, default=way_now)  # whence.Way
    way_name = models.CharField(max_length=LONGEST, null=True, default=name_now)
    ip = models.CharField(max_length=45, null=True, default=ip_now)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="change_of_object"),
            models.Index(fields=["batch"], name="change_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.verb}"

    @property
    def key(self) -> UUID:
        """What calls it outside: the act that it belongs to."""
        return self.batch
