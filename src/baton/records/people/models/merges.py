from typing import ClassVar

from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.records.people.models.companies import Company


class Merge(models.Model):
    """One record taken into another of its kind, and what moved, so that it can be given back."""

    object_type = models.CharField(max_length=12)  # person, company
    kept_id = models.PositiveBigIntegerField()  # plain ids: of people or of companies
    merged_id = models.PositiveBigIntegerField()
    carried = models.JSONField(default=dict)  # by carrier what it needs to give back
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    batch = models.UUIDField()
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Merge"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "merged_id"],
                condition=Q(undone_at=None),
                name="merged_into_one",
            )
        ]
        indexes = [
            models.Index(fields=["object_type", "kept_id"], name="merge_into"),
            models.Index(fields=["batch"], name="merge_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.merged_id} into {self.kept_id}"


class CompanyIdentity(models.Model):
    """Which company an id of the fact log is now, as ``Identity`` says of people."""

    old_id = models.PositiveBigIntegerField(primary_key=True)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="former_ids")

    objects: ClassVar[models.Manager["CompanyIdentity"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.old_id)
