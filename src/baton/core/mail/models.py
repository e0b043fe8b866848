from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.keys import KeyedModel
from baton.core.mail.rules import State


class MailQuerySet(QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        """Owed still, also what somebody is sending."""
        return self.filter(state__in=[State.WAITING, State.SENDING])


class Mail(KeyedModel):
    """One mail to one reader. The row is what is owed; a job only looks what is due."""

    kind = models.CharField(max_length=40)  # who writes: digest, review, booking, test
    once = models.CharField(max_length=120, null=True)  # why, once for ever: a second one is none
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    to = models.CharField(max_length=254)
    to_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    files = models.JSONField(default=list)  # name, type, content in base64
    state = models.CharField(max_length=10, default="waiting")  # rules.State
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()  # the next try; while it is sent, when somebody else may
    until = models.DateTimeField()  # later nobody waits for it
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=300, blank=True)  # what the server said, or why none did

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "once"], name="mail_once")]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="mail_owed"
            ),
            models.Index(fields=["state", "id"], name="mail_by_state"),
            models.Index(fields=["created_at"], name="mail_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
