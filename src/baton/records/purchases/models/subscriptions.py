from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.addresses import address
from baton.core.keys import RecordModel
from baton.records.people.models import Company, Person
from baton.records.purchases import permissions
from baton.records.purchases.models.products import Product
from baton.records.purchases.models.reach import of_buyers
from baton.records.purchases.rules import BY_HAND


class SubscriptionQuerySet(GuardedQuerySet["Subscription"]):
    viewed_with = permissions.VIEW_PURCHASES

    def reached_by(self, user: User, permission: Permission) -> "SubscriptionQuerySet":
        """Those in the trash, too."""
        return self.filter(of_buyers(user, permission))


class Subscription(RecordModel):
    """What somebody pays again and again. Each payment is an order of its own: that is revenue."""

    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subscriptions",
        db_index=False,
    )
    company = models.ForeignKey(
        Company,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subscriptions",
        db_index=False,
    )
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="subscriptions"
    )
    source = models.CharField(max_length=40, default=BY_HAND)
    external_id = models.CharField(max_length=200, null=True)
    name = models.CharField(max_length=200)  # as sold
    interval = models.CharField(max_length=8)  # rules.Interval
    amount = models.DecimalField(max_digits=16, decimal_places=2)  # each time
    currency = models.CharField(max_length=3)
    started_at = models.DateTimeField()
    renews_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)  # the latest time
    cancelled_at = models.DateTimeField(null=True)  # they said they would not go on
    ended_at = models.DateTimeField(null=True)  # until when it was, or is, paid after that
    told_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="subscription_once_a_source"
            ),
            models.CheckConstraint(
                name="subscription_has_a_buyer",
                condition=Q(person__isnull=False) | Q(company__isnull=False),
            ),
            models.CheckConstraint(
                name="subscription_amount_not_below_zero", condition=Q(amount__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["started_at", "id"], name="subscription_by_start"),
            models.Index(fields=["person", "started_at"], name="subscription_of_person"),
            models.Index(fields=["company", "started_at"], name="subscription_of_company"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("purchases:subscription", self.key)
