from django.db import models

from baton.core.keys import RecordModel


class FieldDefinition(RecordModel):
    """A field that this company added to an object, by the object's name."""

    object_type = models.CharField(max_length=40)  # person, company, deal
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)  # text, number, money, date, choice, boolean
    options = models.JSONField(default=list)  # of a choice
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_type", "code"], name="field_code_once")
        ]

    def __str__(self) -> str:
        return self.label
