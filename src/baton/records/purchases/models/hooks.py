from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import LIVING, KeyedModel, LivingQuerySet, RecordModel
from baton.core.sealed import unseal
from baton.records.purchases import permissions


class HookQuerySet(LivingQuerySet["Hook"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.MANAGE_HOOKS
    ) -> "HookQuerySet":
        return self.living() if user.may(permission) else self.none()


class Hook(RecordModel):
    """A shop that tells us of its orders, and the secret by which we know that it is that shop."""

    source = models.SlugField(max_length=40)  # in its address, and of its orders
    kind = models.CharField(max_length=16)  # rules.HookKind
    sealed = models.TextField()  # the secret, see core/sealed

    objects = HookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(**LIVING), name="hook_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.source

    def secret(self) -> str:
        """Raises BrokenSeal."""
        return unseal(self.sealed)


class Delivery(KeyedModel):
    """What a shop sent, as it came; kept before it is read, so that nothing is lost."""

    hook = models.ForeignKey(
        Hook, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    delivery_id = models.CharField(max_length=200)  # the shop's: the same twice is one
    topic = models.CharField(max_length=120)
    body = models.BinaryField()  # emptied after a month
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="new")  # new, waiting, done, left_out, failed
    about = models.CharField(max_length=200, blank=True)  # the order that a refund waits for
    said = models.CharField(max_length=250, blank=True)  # why it failed or was left out
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hook", "delivery_id"], name="delivery_once_a_hook")
        ]
        indexes = [models.Index(fields=["state", "id"], name="delivery_to_read")]

    def __str__(self) -> str:
        return f"{self.topic} {self.delivery_id}"
