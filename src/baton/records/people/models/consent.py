from typing import ClassVar

from django.db import models
from django.db.models import Q

from baton.core.facts import batch_now
from baton.records.people.models.people import Person


class Consent(models.Model):
    """What an address allowed for a purpose; append-only, the latest by ``at`` holds.

    Whoever sends a form may type anybody's address: its yes is UNCONFIRMED, and holds only where
    nothing else was said.
    """

    UNCONFIRMED: ClassVar[str] = "unconfirmed"  # a basis

    doubtful: "Consent | None" = None  # what a form said since, see queries.consents_of

    email = models.CharField(max_length=254)  # normalised
    purpose = models.CharField(max_length=40)  # newsletter, tracking, one-to-one ...
    is_given = models.BooleanField()
    basis = models.CharField(max_length=40)  # consent, contract, legitimate interest
    source = models.CharField(max_length=120)  # which form, import or person
    wording = models.TextField(blank=True)  # the sentence that was agreed to
    ip = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    batch = models.UUIDField(null=True, default=batch_now)  # of the import that said so

    class Meta:
        indexes = [
            models.Index(fields=["email", "purpose", "-at"], name="consent_latest"),
            # The few who said no or whose mail bounced are found from what they said.
            models.Index(fields=["email"], name="consent_refused", condition=Q(is_given=False)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.is_given}"


class Identity(models.Model):
    """Who an id of the fact log is now. Merging changes only this table; readers join it."""

    old_id = models.PositiveBigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_ids")

    def __str__(self) -> str:
        return f"{self.old_id} is {self.person_id}"
