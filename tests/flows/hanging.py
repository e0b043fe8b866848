"""What hangs on somebody of the north: files, and what they told."""

from baton.core.access.models import User
from baton.core.changes.actions import undo
from baton.core.colleagues.slots import record_kinds
from baton.core.files.actions import add_files, remove_file
from baton.core.files.store import Received
from baton.marketing.capture.tests.factories import AT
from baton.records.discovery.actions import trash_answers, trash_guides
from baton.records.discovery.tests.factories import a_guide, answers
from baton.records.material.actions import send_material, trash_material
from baton.records.material.tests.factories import sent, some_material
from baton.records.people.models import Person


def tell(person: Person, *, by: User) -> None:
    """Once, and once more in the trash with its guide."""
    gone = a_guide()
    trash_answers(discovery_ids=[answers(person, by=by, guide=gone).pk], by=by, at=AT)
    trash_guides(guide_ids=[gone.pk], by=by, at=AT)
    answers(person, by=by)


def send(person: Person, *, by: User) -> None:
    """What is for everybody: once, and once more taken back; and one in the trash."""
    material, gone = some_material(), some_material("Gone")
    _use, batch = send_material(
        material=gone, person=person, deal_id=None, by=by, at=AT, today=AT.date()
    )
    undo(batch=batch, by=by, at=AT)
    trash_material(material_ids=[gone.pk], by=by, at=AT)
    sent(material, person, by=by)


def put_files(person: Person, *, by: User) -> None:
    """One, and one in the trash."""
    kind = record_kinds.find("person")
    assert kind
    received = [Received(name=name) for name in ("Gone.txt", "Offer.txt")]
    for one in received:
        one.take(one.name.encode())
        one.end()
    added = add_files(kind=kind, record=person, received=received, by=by, at=AT)
    remove_file(file=added.files[0], by=by, at=AT)
