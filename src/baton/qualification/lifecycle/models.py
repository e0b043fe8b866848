from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.records.people.models import Person


class StageChange(models.Model):
    """One move of one person, either way; append-only but for the chain. Reports read it.

    A move may arrive late: ``place``, ``from_stage`` and ``is_overtaken`` say where it stands in
    the person's history by time, and are set anew when one is put in before it.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="stage_changes", db_index=False
    )
    from_stage = models.CharField(max_length=20, blank=True)  # empty: the first one
    to_stage = models.CharField(max_length=20)
    at = models.DateTimeField()
    is_back = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)  # in the person's history, from 0
    is_overtaken = models.BooleanField(default=False)  # a further stage has an earlier date
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")  # then
    cause = models.CharField(max_length=80)  # name of the fact, "by hand", "import"
    reason = models.CharField(max_length=250, blank=True)  # in words, of who moved them by hand
    fact_id = models.PositiveBigIntegerField(null=True)
    batch = models.UUIDField(null=True)  # of an import or a move by hand, for its undo
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="stage_change_of_person"),
            models.Index(fields=["to_stage", "at"], name="stage_change_into"),
            models.Index(
                fields=["batch"], condition=Q(batch__isnull=False), name="stage_change_batch"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "to_stage", "at", "is_back"], name="stage_change_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} > {self.to_stage}"
