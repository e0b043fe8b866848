from django.db import models

from baton.core.facts import batch_now
from baton.core.fields.rules import Option, read_options
from baton.core.keys import RecordModel


class FieldDefinition(RecordModel):
    """A field that this company added to an object, by the object's name."""

    object_type = models.CharField(max_length=40)  # person, company, deal
    code = models.SlugField(max_length=60)  # values lie under it: never changed, nor given anew
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)  # rules.Kind, never changed
    options = models.JSONField(default=list)  # of a choice: rules.Option
    position = models.PositiveSmallIntegerField(default=0)
    help_text = models.CharField(max_length=250, blank=True)
    group = models.CharField(max_length=80, blank=True)  # the heading it stands under
    default = models.JSONField(null=True, blank=True)  # what a new record begins with
    required_for = models.JSONField(default=list, blank=True)  # roles
    read_only_for = models.JSONField(default=list, blank=True)  # roles
    hidden_for = models.JSONField(default=list, blank=True)  # roles
    is_indexed = models.BooleanField(default=False)  # wanted
    index_name = models.CharField(max_length=63, blank=True)  # of the index that is there
    batch = models.UUIDField(null=True, default=batch_now)  # of the import that brought it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_type", "code"], name="field_code_once")
        ]

    def __str__(self) -> str:
        return self.label

    def choice_list(self) -> list[Option]:
        """Its options, read."""
        return read_options(self.options)


class ValidationRule(RecordModel):
    """No record may be left as the condition says; ``message`` tells why."""

    object_type = models.CharField(max_length=40)
    message = models.CharField(max_length=250)
    condition = models.JSONField()  # a tree of core.filters
    is_on = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.message


class FieldLimit(RecordModel):
    """What roles are kept from in a field that Baton brought."""

    object_type = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    hidden_for = models.JSONField(default=list, blank=True)
    read_only_for = models.JSONField(default=list, blank=True)
    required_for = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_type", "name"], name="field_limit_once")
        ]

    def __str__(self) -> str:
        return f"{self.object_type}.{self.name}"
