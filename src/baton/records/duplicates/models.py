from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from baton.core.access.models import User
from baton.core.addresses import address
from baton.core.keys import KeyedModel
from baton.records.people.models import Company, Person
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE

PERSON, COMPANY = "person", "company"


class MatchKey(models.Model):
    """What a record may share with another that is the same: kept so that the database compares."""

    object_type = models.CharField(max_length=12)
    record_id = models.PositiveBigIntegerField()
    text = models.CharField(max_length=120)

    objects: ClassVar[models.Manager["MatchKey"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "text", "record_id"], name="match_key_text"),
            models.Index(fields=["object_type", "record_id"], name="match_key_record"),
        ]

    def __str__(self) -> str:
        return self.text


class PairQuerySet(QuerySet["Pair"]):
    def open(self) -> "PairQuerySet":
        return self.filter(decided_at=None)

    def visible_to(self, user: User) -> "PairQuerySet":
        """Those whose two records one may edit: only they can be merged."""
        return self.filter(
            _both(PERSON, Person.objects.visible_to(user, EDIT_PEOPLE))
            | _both(COMPANY, Company.objects.visible_to(user, EDIT_COMPANIES))
        )


def _both(kind: str, reached: "QuerySet[Any]") -> Q:
    """Looked up one by one: a list of all whom somebody reaches would be made for each page."""
    first, second = (reached.filter(pk=OuterRef(name)) for name in ("first_id", "second_id"))
    return Q(Exists(first), Exists(second), object_type=kind)


class Pair(KeyedModel):
    """Two records that may be one; what somebody said of them is kept, and never asked again."""

    object_type = models.CharField(max_length=12)
    first_id = models.PositiveBigIntegerField()  # the older one
    second_id = models.PositiveBigIntegerField()
    score = models.PositiveSmallIntegerField()  # 0 to 100
    reasons = models.JSONField(default=list)  # codes, see words
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_same = models.BooleanField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "first_id", "second_id"], name="pair_once"
            ),
            models.CheckConstraint(name="pair_in_order", condition=Q(first_id__lt=F("second_id"))),
        ]
        indexes = [
            models.Index(
                fields=["object_type", "-score", "id"],
                condition=Q(decided_at=None),
                name="pair_open",
            ),
            models.Index(fields=["object_type", "second_id"], name="pair_of_second"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.first_id} and {self.second_id}"

    def get_absolute_url(self) -> str:
        return address("duplicates:pair", self.key)
