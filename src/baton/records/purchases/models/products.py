from django.db import models
from django.db.models import Q

from baton.core.access.querysets import CommonQuerySet
from baton.core.addresses import address
from baton.core.keys import LIVING, RecordModel
from baton.records.purchases import permissions


class ProductQuerySet(CommonQuerySet["Product"]):
    viewed_with = permissions.VIEW_PRODUCTS


class Product(RecordModel):
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160)  # casefolded name, written with it
    family = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=60, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    is_sold = models.BooleanField(default=True)  # still offered

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sort_key"], condition=Q(**LIVING), name="product_name_once"
            )
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="product_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("purchases:product", self.key)
