from django.db import models
from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import KeyedModel
from baton.qualification.handoff import permissions
from baton.qualification.handoff.models.handoffs import Handoff


class ReplyQuerySet(QuerySet["Reply"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "ReplyQuerySet":
        """Whoever sees the lead reads the answer."""
        return self.filter(handoff__in=Handoff.objects.visible_to(user, permission))


class Reply(KeyedModel):
    """What marketing says to a verdict of sales, or to why the deal was lost that came of the
    lead; both sides read it."""

    handoff = models.OneToOneField(Handoff, on_delete=models.CASCADE, related_name="reply")
    kind = models.CharField(max_length=12)  # rules.ReplyKind
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    # Which loss it answers, null: the verdict; a deal that is open again is not lost any more.
    deal_id = models.PositiveBigIntegerField(null=True)  # its module lies above
    reason = models.CharField(max_length=40, blank=True)

    objects = ReplyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.handoff_id}: {self.kind}"
