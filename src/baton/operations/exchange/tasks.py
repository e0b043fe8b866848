from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.operations.exchange.actions import everything, exporting


@task()
@policy(single=True)
def write_export(*, export_id: int) -> None:
    """The next bite, and the next job."""
    if exporting.write_bite(export_id=export_id, at=timezone.now()):
        write_export.enqueue(export_id=export_id)


@task()
@policy(single=True, max_attempts=2)
def write_everything(*, export_id: int) -> None:
    """All tables into one file."""
    everything.make_everything(export_id=export_id, at=timezone.now())


@every("*/5 * * * *")
@task()
@policy(single=True)
def ring_exports() -> None:
    """For files whose job was lost with its worker: their rows say that they are not done."""
    for pk in exporting.unfinished():
        write_export.enqueue(export_id=pk)
    for pk in everything.forgotten(at=timezone.now()):
        write_everything.enqueue(export_id=pk)


@every("23 * * * *")
@task()
@policy(single=True)
def throw_away_exports() -> None:
    """Files that expired."""
    exporting.throw_away_expired(at=timezone.now())
