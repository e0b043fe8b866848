from django.db import models
from django.db.models import Q

from baton.core.keys import KeyedModel, RecordModel


class Organisation(KeyedModel):
    """The one company of this installation; ``baton init`` makes its only row."""

    name = models.CharField(max_length=150)
    zone = models.CharField(max_length=64, default="UTC")  # IANA; reports count days in it
    base_currency = models.CharField(max_length=3, default="EUR")  # ISO 4217
    country = models.CharField(max_length=40, blank=True)  # whose holidays are kept: DE, DE-BY
    hours = models.JSONField(null=True)  # weekly working hours; empty = Monday to Friday
    field_limits = models.JSONField(default=dict)  # core.limits, made of what core.fields keeps
    own_domains = models.JSONField(default=list)  # mail there is our own staff's, who are no leads
    price_pages = models.JSONField(default=list)  # paths of pages that show prices
    own_networks = models.JSONField(default=list)  # CIDR; visits from there are our own
    own_machines = models.JSONField(default=list)  # words of browsers' names that are our machines
    is_demo = models.BooleanField(default=False)  # made by the demo, goes with it
    is_armed = models.BooleanField(default=True)  # may mail and timers leave the house? See restore

    class Meta:
        constraints = [models.CheckConstraint(name="one_organisation", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.name


class Brand(RecordModel):
    """How the company looks to the public: a record, not a border."""

    name = models.CharField(max_length=120)
    domains = models.JSONField(default=list)  # hosts that show its pages
    senders = models.JSONField(default=list)  # addresses that write in its name
    look = models.JSONField(default=dict)  # accent preset, logo text, footer line
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_brand"
            )
        ]

    def __str__(self) -> str:
        return self.name
