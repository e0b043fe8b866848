"""One row at a time: who came second waits, and reads what the first one made of it."""

from baton.qualification.handoff.models import Handoff
from baton.records.people.models import Person


def lock_handoff(handoff: Handoff) -> Handoff:
    """The row as it is now; whoever else wants it, or its person, waits."""
    # Always the person first, as routing does: two who wait for each other would both fail.
    Person.objects.select_for_update(no_key=True).values_list("pk").get(pk=handoff.person_id)
    return Handoff.objects.held().get(pk=handoff.pk)
