from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User


class InterestQuerySet(QuerySet["Interest"]):
    def followed(self) -> "InterestQuerySet":
        return self.exclude(followed_at=None)

    def pinned(self) -> "InterestQuerySet":
        return self.exclude(pinned_at=None)


class Interest(models.Model):
    """What a user wants of a record: to be told what happens, to have it at hand. The row stays
    when they want neither any more: what was told them names it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    object_type = models.CharField(max_length=40)  # of a RecordKind
    object_id = models.PositiveBigIntegerField()
    followed_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)  # the latest stands on top
    position = models.PositiveSmallIntegerField(null=True)  # in the owner's order, if they gave one

    objects: ClassVar[InterestQuerySet] = InterestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "object_type", "object_id"], name="interest_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["object_type", "object_id"],
                condition=Q(followed_at__isnull=False),
                name="interest_of_followers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"
