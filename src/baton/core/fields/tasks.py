"""Indexes over own fields are made beside everything else."""

from django_tasks import task

from baton.core.fields.actions import fields_to_index, tend_index
from baton.core.jobs import every, policy


@task()
@policy(single=True)
def tend_field_index(*, field_id: int) -> None:
    """Of one field, soon after it was asked for."""
    tend_index(field_id=field_id)


@every("17 * * * *")
@task()
@policy(single=True)
def tend_field_indexes() -> None:
    """What was left over: a killed job, a field that went to the trash or came back."""
    for field in fields_to_index():
        tend_index(field_id=field.pk)
