from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.addresses import address
from baton.core.keys import KeyedModel, LivingQuerySet, RecordModel
from baton.records.people.models import Company, Person
from baton.records.purchases import permissions
from baton.records.purchases.models.products import Product
from baton.records.purchases.models.reach import of_buyers
from baton.records.purchases.rules import BY_HAND, OrderState


class OrderQuerySet(GuardedQuerySet["Order"]):
    viewed_with = permissions.VIEW_PURCHASES

    def standing(self) -> "OrderQuerySet":
        """Those that are purchases: neither cancelled nor in the trash."""
        return self.living().exclude(state=OrderState.CANCELLED)

    def reached_by(self, user: User, permission: Permission) -> "OrderQuerySet":
        """Those in the trash, too."""
        return self.filter(of_buyers(user, permission))


class Order(RecordModel):
    """One purchase. ``state`` follows from ``amount``, ``refunded`` and ``cancelled_at``."""

    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
        db_index=False,
    )
    company = models.ForeignKey(
        Company,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
        db_index=False,
    )
    source = models.CharField(max_length=40, default=BY_HAND)  # which shop; BY_HAND: ours
    external_id = models.CharField(max_length=200, null=True)  # its key there
    number = models.CharField(max_length=60, blank=True)  # as people know it, like #1001
    placed_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=16, decimal_places=2)  # in all, as it was paid
    refunded = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    state = models.CharField(max_length=16, default=OrderState.PAID.value)
    cancelled_at = models.DateTimeField(null=True)
    # In the company's currency, at the rate of the day it was placed; null while none is known.
    base_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    net_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # less refunds
    rate_on = models.DateField(null=True)
    title = models.CharField(max_length=120, blank=True)  # what was bought, in one line
    told_at = models.DateTimeField(null=True)  # when the shop's latest news of it was true

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="order_once_a_source"),
            models.CheckConstraint(
                name="order_has_a_buyer",
                condition=Q(person__isnull=False) | Q(company__isnull=False),
            ),
            models.CheckConstraint(
                name="order_amounts_not_below_zero", condition=Q(amount__gte=0, refunded__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["placed_at", "id"], name="order_by_day"),
            models.Index(fields=["net_amount", "id"], name="order_by_amount"),
            models.Index(fields=["person", "placed_at"], name="order_of_person"),
            models.Index(fields=["company", "placed_at"], name="order_of_company"),
        ]

    def __str__(self) -> str:
        return self.number or self.title or f"{self.source} {self.external_id or self.key}"

    def get_absolute_url(self) -> str:
        return address("purchases:order", self.key)


class OrderLine(KeyedModel):
    """What was sold, as it was called then."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", db_index=False)
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="order_lines"
    )
    name = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=1)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # of one
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["order", "position"], name="order_line_in_order")]
        constraints = [
            models.CheckConstraint(name="sold_quantity_above_zero", condition=Q(quantity__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"


class RefundQuerySet(LivingQuerySet["Refund"]):
    def reached_by(self, user: User, permission: Permission) -> "RefundQuerySet":
        orders = Order.objects.reached_by(user, permission).values("pk")
        return self.filter(order__in=orders)


class Refund(RecordModel):
    """Money that went back, in the order's currency."""

    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="refunds", db_index=False
    )
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    at = models.DateTimeField()
    reason = models.CharField(max_length=250, blank=True)
    external_id = models.CharField(max_length=200, null=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "external_id"], name="refund_once_an_order"),
            models.CheckConstraint(name="refund_above_zero", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
