from django.db import models

from baton.core.access.models import User
from baton.core.keys import new_key


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

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="change_of_object"),
            models.Index(fields=["batch"], name="change_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.verb}"
