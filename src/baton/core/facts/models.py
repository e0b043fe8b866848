from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from baton.core.facts.kinds import ENVELOPE, Fact, Origin, Touch
from baton.core.facts.reading import restore
from baton.core.keys import new_key
from baton.core.prepared import Prepared

MAX_BATCH = 500
WINDOW = 1000  # positions looked at in one go
# Django takes longer to write it than a database to do it.
MOVE = """
    UPDATE core_cursor
    SET position = %s, batch = %s, attempts = 0, retry_at = NULL, error = '' WHERE name = %s
"""


class FactRecordQuerySet(models.QuerySet["FactRecord"]):
    def standing(self) -> "FactRecordQuerySet":
        """Without what was undone. Every reader but an audit wants these."""
        return self.filter(retracted_at=None)


def _about(column: str) -> models.Index:
    """The timeline of one person, deal ...: only of the facts that tell about one."""
    return models.Index(
        fields=[column, "happened_at"],
        condition=Q(**{f"{column}__isnull": False}),
        name=f"fact_of_{column.removesuffix('_id')}",
    )


class FactRecord(models.Model):
    """One fact, kept for ever. Its id says when it was written, its position when it was seen."""

    key = models.UUIDField(default=new_key, unique=True, editable=False)
    # Empty until the fact is visible to all: see numbering.py.
    position = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    # No foreign keys: a fact outlives what it tells about, and keeps the id it was born with.
    person_id = models.BigIntegerField(null=True)
    company_id = models.BigIntegerField(null=True)
    deal_id = models.BigIntegerField(null=True)
    campaign_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    side = models.CharField(max_length=10)
    touch = models.CharField(max_length=15)
    origin = models.CharField(max_length=10)
    batch = models.UUIDField(null=True)
    payload = models.JSONField()
    caused_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False)
    depth = models.PositiveSmallIntegerField(default=0)
    retracted_at = models.DateTimeField(null=True)

    objects = FactRecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(position=None), name="fact_unnumbered"),
            models.Index(fields=["name", "happened_at"], name="fact_by_name"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="fact_of_batch"),
            # A database asks for it before it deletes a fact that may have caused others.
            models.Index(
                fields=["caused_by"], condition=Q(caused_by__isnull=False), name="fact_caused_by"
            ),
            *map(_about, ("person_id", "company_id", "deal_id", "campaign_id")),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    def as_fact(self) -> Fact:
        """The typed fact, its payload brought up to date; an UnknownFact if nobody knows it."""
        envelope = {column: getattr(self, column) for column in ENVELOPE}
        envelope |= {"touch": Touch(self.touch), "origin": Origin(self.origin)}
        return restore(self.name, version=self.version, envelope=envelope, payload=self.payload)


class CursorQuerySet(models.QuerySet["Cursor"]):
    def rested(self) -> "CursorQuerySet":
        return self.filter(Q(retry_at=None) | Q(retry_at__lte=Now()))


class Cursor(models.Model):
    """How far a subscriber has come. One more, called LINE, says how far the log is numbered."""

    LINE = "(line)"

    name = models.CharField(max_length=200, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)
    batch = models.PositiveSmallIntegerField(default=MAX_BATCH)  # halves on failure, doubles again
    attempts = models.PositiveSmallIntegerField(default=0)  # of the one fact at the front
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(default="")
    replay_until = models.PositiveBigIntegerField(default=0)  # up to here it has seen them before

    objects = CursorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"

    @staticmethod
    def locked(name: str) -> "Cursor | None":
        """The lock is the lease: one runner, freed by the database the moment he dies."""
        return _LOCKED.first(name=name)

    def move(self) -> None:
        """It stands there now, and nothing is wrong with it."""
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [self.position, self.batch, self.name])

    def reach(self, end: int) -> int:
        """How far to look in one go: a replay stops first where the news begins."""
        until = min(self.position + WINDOW, end)
        return min(until, self.replay_until) if self.position < self.replay_until else until


_LOCKED = Prepared(
    lambda name: Cursor.objects.select_for_update(skip_locked=True).rested().filter(name=name)
)


class ParkedFact(models.Model):
    """A fact that one subscriber could not take. An admin sees it, mends the cause, tries again."""

    subscriber = models.CharField(max_length=200)
    fact = models.ForeignKey(FactRecord, on_delete=models.PROTECT)
    error = models.TextField()
    parked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "fact"], name="parked_once")]

    def __str__(self) -> str:
        return f"{self.subscriber}: fact {self.fact_id}"
