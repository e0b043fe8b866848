"""What an executive is told about somebody whom an SDR qualified: what the SDR learnt."""

from typing import Any

from baton.core.access.models import User
from baton.core.facts.models import FactRecord
from baton.qualification.handoff.events import NeedConfirmed
from baton.qualification.handoff.models import Handoff
from baton.qualification.lifecycle.rules import rank
from baton.records.people.models import Person
from baton.records.people.queries import born_as
from baton.records.timeline.models import Activity
from baton.records.timeline.rules import Outcome

TALKS = (Outcome.CONVERSATION, Outcome.HELD, Outcome.RECEIVED, Outcome.SENT)
SPOKEN = (Outcome.CONVERSATION, Outcome.HELD)
FEW = 4


def owes_need(person: Person) -> bool:
    """Whether a need comes first: of who is no SQL yet, and of who was handed over anew since."""
    is_before = rank(person.stage) < rank("sql")
    return is_before or Handoff.objects.open().to_sales().filter(person=person).exists()


def learnt_about(person: Person, *, by: User, note: str) -> dict[str, Any]:
    """The need and what it means, the latest talks in the words that were logged, and a note for
    who closes; plain JSON, as of now. Two queries."""
    rows = FactRecord.objects.standing().filter(
        person_id__in=born_as([person.pk]), name=NeedConfirmed.name
    )
    row = rows.order_by("-happened_at", "-pk").first()
    fact = row.as_fact() if row else None
    known = fact if isinstance(fact, NeedConfirmed) else None
    return {
        "by": by.name,
        "need": known.need if known else "",
        "impact": known.impact if known else "",
        "note": note.strip(),
        "talks": _talks(person, by=by),
    }


def latest_talk(person: Person, *, by: User) -> Activity | None:
    """In which somebody of us spoke with them, as far as this user sees it."""
    rows = Activity.objects.visible_to(by).filter(person=person, outcome__in=SPOKEN)
    return rows.order_by("-at", "-pk").first()


def _talks(person: Person, *, by: User) -> list[dict[str, str]]:
    """As far as who hands on sees them."""
    rows = Activity.objects.visible_to(by).filter(person=person, outcome__in=TALKS)
    told = rows.exclude(body="").select_related("by").order_by("-at", "-pk")[:FEW]
    return [
        {
            "at": one.at.isoformat(),
            "by": one.by.name if one.by else "",
            "kind": one.kind,
            "words": one.body[:1000],
        }
        for one in told
    ]
