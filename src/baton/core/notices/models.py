from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.keys import KeyedModel


class NoticeQuerySet(QuerySet["Notice"]):
    def of(self, user: User) -> "NoticeQuerySet":
        """One's own: nobody reads another's."""
        return self.filter(user=user, is_folded=False)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None, done_at=None)


class Notice(KeyedModel):
    """One thing that one user is told. ``cause`` says once for ever why: a second one is none."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)  # name of a slots.NoticeKind
    cause = models.CharField(max_length=80)
    about_id = models.PositiveBigIntegerField(null=True)  # what the kind looks up to be shown
    what = models.CharField(max_length=250)  # its name then
    count = models.PositiveIntegerField(default=1)  # of many at once, told together
    is_folded = models.BooleanField(default=False)  # told by the one that counts it
    url = models.CharField(max_length=250)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "cause"], name="notice_once")
        ]
        indexes = [
            models.Index(fields=["user", "at", "id"], name="notice_of_user"),
            models.Index(
                fields=["user"], condition=Q(read_at=None, done_at=None), name="notice_unread"
            ),
            models.Index(fields=["at"], name="notice_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"


class Silence(models.Model):
    """A kind that a user does not want to be told."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="silence_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: no {self.kind}"
