from django.db import models

from baton.core.access.models import User
from baton.records.people.models import Person


class StageChange(models.Model):
    """One move of one person, either way; append-only. Reports read it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(max_length=20, blank=True)
    to_stage = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")  # then
    cause = models.CharField(max_length=80)  # name of the fact, "by hand", "import"
    fact_id = models.PositiveBigIntegerField(null=True)
    batch = models.UUIDField(null=True)  # of an import, for its undo
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="stage_change_of_person"),
            models.Index(fields=["to_stage", "at"], name="stage_change_into"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "to_stage", "at"], name="stage_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} > {self.to_stage}"
