"""Who comes in the course of a year is a lead from that moment."""

from baton.core.bulk import bites
from baton.core.demo.slots import Bite, YearChapter, year_chapters
from baton.core.facts.models import FactRecord
from baton.qualification.lifecycle.actions import NewMove, move_people
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.events import PersonCreated


def tell_leads(bite: Bite) -> None:
    """As the subscriber would a moment later: what comes next takes its place behind it."""
    for ids in bites(person.pk for person in bite.cast["people"]):
        told = FactRecord.objects.filter(name=PersonCreated.name, person_id__in=ids)
        moves = [
            NewMove(person_id=person_id, to_stage=Stage.LEAD, at=at, fact_id=pk)
            for pk, person_id, at in told.values_list("pk", "person_id", "happened_at")
            if person_id
        ]
        move_people(moves=moves, cause=PersonCreated.name)


year_chapters.add(YearChapter("leads", 31, tell_leads))
