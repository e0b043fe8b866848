from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import CommonQuerySet
from baton.core.keys import KeyedModel, RecordModel
from baton.insight.reviews.permissions import VIEW_REVIEWS
from baton.records.timeline.models import Task


class ReviewQuerySet(QuerySet["Review"]):
    def visible_to(self, user: User, permission: Permission = VIEW_REVIEWS) -> "ReviewQuerySet":
        """They are the company's: who may see one sees all."""
        return self.all() if user.may(permission) else self.none()


class Review(KeyedModel):
    """One week's, made with the first word that is written in it."""

    monday = models.DateField(unique=True)
    # Frozen as it ended: sections of words, figures and addresses; null while it is read live.
    agenda = models.JSONField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_is_frozen_once_finished",
                condition=Q(finished_at=None, agenda=None)
                | Q(finished_at__isnull=False, agenda__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Review {self.monday}"


class PointQuerySet(CommonQuerySet["Point"]):
    viewed_with = VIEW_REVIEWS


class Point(RecordModel):
    """A line of the minutes, a decision, or a task that somebody took."""

    review = models.ForeignKey(
        Review, on_delete=models.CASCADE, related_name="points", db_index=False
    )
    kind = models.CharField(max_length=10)  # rules.Kind
    text = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    task = models.OneToOneField(Task, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = "review point"
        indexes = [models.Index(fields=["review", "at"], name="point_of_review")]

    def __str__(self) -> str:
        return self.text[:60]


class Draft(models.Model):
    """What somebody typed into a week's review and did not add yet; nobody else reads it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    monday = models.DateField()
    text = models.TextField()

    objects: ClassVar[models.Manager["Draft"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "monday"], name="one_draft_a_review")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.monday}"
