from typing import ClassVar

from django.db import models
from django.db.models import Q

from baton.core.keys import LIVING
from baton.core.limits import Columns, Masked
from baton.records.people.models.people import Person


class EmailAddress(Masked, models.Model):
    masked_as = "person"
    covers: ClassVar[Columns] = {"emails": ("address", "normalised")}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="emails")
    address = models.CharField(max_length=254)  # as written
    normalised = models.CharField(max_length=254)  # by it two are compared
    is_mixed = models.BooleanField(default=False)  # letters of several scripts: may be a disguise
    is_primary = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True)  # in the trash with its person

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["normalised"], condition=Q(**LIVING), name="email_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_primary=True), name="one_primary_email"
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Phone(Masked, models.Model):
    masked_as = "person"
    covers: ClassVar[Columns] = {"phones": ("number", "e164"), "country": ()}

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="phones", db_index=False
    )
    number = models.CharField(max_length=60)  # as written
    e164 = models.CharField(max_length=20, blank=True)  # empty where it cannot be read
    country = models.CharField(max_length=2, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="phone_once_a_person"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_primary=True), name="one_primary_phone"
            ),
        ]
        indexes = [models.Index(fields=["e164"], name="phone_by_number")]

    def __str__(self) -> str:
        return self.number


class PostalAddress(Masked, models.Model):
    """Where a person gets mail on paper; the first of several is the one to use."""

    masked_as = "person"
    covers: ClassVar[Columns] = {
        "addresses": ("street", "postcode", "city", "region", "country"),
        "country": (),
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10)  # rules.AddressKind
    street = models.CharField(max_length=250, blank=True)  # in lines
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.city or self.country


class PersonExternalId(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="person_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"
