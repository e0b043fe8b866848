"""What the story's reps do, again and again."""

from datetime import datetime

from baton.core.access.models import User
from baton.marketing.capture.events import FormSubmitted
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions.offering import hand_off
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.queries import make_brief, source_of
from baton.qualification.handoff.rules import Lane
from baton.qualification.scoring.queries import Histories
from baton.records.people.models import Person
from baton.records.timeline.rules import Kind, Outcome


def hand(
    person: Person,
    *,
    agreement: Agreement,
    form: FormSubmitted | None,
    past: Histories,
    at: datetime,
) -> Handoff:
    found = past.explain(person, at)
    brief = make_brief(person, form=form, threshold=agreement.threshold, at=at, found=found)
    heaviest = ", ".join(part.words for part in found.parts[:2])
    return hand_off(
        person,
        agreement=agreement,
        lane=Lane.HAND_RAISE if form else Lane.SCORE,
        reason=form.form_name if form else heaviest,
        brief=brief,
        source=source_of(person, form=form),
        fact_id=form.id if form else None,
        at=at,
    )


def log(handoff: Handoff, outcome: Outcome, *, by: User, at: datetime, note: str = "") -> None:
    kind = Kind.MAIL if outcome is Outcome.SENT else Kind.CALL
    actions.log_contact(handoff=handoff, kind=kind, outcome=outcome, by=by, at=at, note=note)
