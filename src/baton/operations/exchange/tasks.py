from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.operations.exchange.actions import everything, exporting, undoing, uploads
from baton.operations.exchange.actions.room import resting_without_room
from baton.operations.exchange.rules.uploads import State


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


@task()
@policy(single=True)
def look_through(*, import_id: int) -> None:
    """What these files would bring."""
    with resting_without_room(import_id):
        uploads.look_through(import_id=import_id, at=timezone.now())


@task()
@policy(single=True)
def run_import(*, import_id: int) -> None:
    """All of it; cut short, the next one goes on."""
    with resting_without_room(import_id):
        uploads.run_import(import_id=import_id, at=timezone.now())


@task()
@policy(single=True)
def undo_import(*, import_id: int) -> None:
    """The next bite, and the next job."""
    with resting_without_room(import_id):
        if undoing.undo_bite(import_id=import_id, at=timezone.now()):
            undo_import.enqueue(import_id=import_id)


JOBS = {State.CHECKING: look_through, State.RUNNING: run_import, State.UNDOING: undo_import}


@every("*/5 * * * *")
@task()
@policy(single=True)
def ring_imports() -> None:
    """For imports whose job was lost with its worker."""
    for pk, state in uploads.waiting():
        JOBS[State(state)].enqueue(import_id=pk)


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


@every("41 3 * * *")
@task()
@policy(single=True)
def throw_away_uploads() -> None:
    """What was brought in long ago is in the records; its files hold people's data for nothing."""
    uploads.throw_away_old(at=timezone.now())
