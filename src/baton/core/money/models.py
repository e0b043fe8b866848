from datetime import date

from django.db import models
from django.db.models import F, Q

from baton.core.keys import LivingQuerySet


class RateQuerySet(LivingQuerySet["Rate"]):
    def known_on(self, on: date) -> "RateQuerySet":
        """Latest first."""
        return self.living().filter(on__lte=on).order_by("-on")


class Rate(models.Model):
    """On this day one unit of ``currency`` cost ``rate`` units of ``base_currency``."""

    currency = models.CharField(max_length=3)  # ISO 4217
    base_currency = models.CharField(max_length=3)
    on = models.DateField()
    rate = models.DecimalField(max_digits=20, decimal_places=12)
    source = models.CharField(max_length=60)  # who says so: "ECB", "by hand"
    deleted_at = models.DateTimeField(null=True)

    objects = RateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "base_currency", "on"],
                condition=Q(deleted_at=None),
                name="one_living_rate_a_day",
            ),
            models.CheckConstraint(name="rate_is_above_zero", condition=Q(rate__gt=0)),
            models.CheckConstraint(
                name="rate_is_between_two_currencies", condition=~Q(currency=F("base_currency"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} in {self.base_currency} on {self.on}"
