from django.db import models

from baton.core.access.models import User


class IdempotencyKey(models.Model):
    """The answer to a POST: the same call again gets the same answer and has no second effect."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)  # SHA-256 of method, path and body
    status = models.PositiveSmallIntegerField(null=True)  # empty while the first call is under way
    body = models.TextField(default="")  # the answer word for word: JSON
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
