"""A good lead for somebody else: on at once, and never back."""

from datetime import datetime

from baton.core.access.models import User
from baton.core.facts import publish
from baton.qualification.handoff.actions.offering import offer_next
from baton.qualification.handoff.actions.rounds import end_round
from baton.qualification.handoff.events import HandoffRedirected
from baton.qualification.handoff.models import Handoff, Territory
from baton.qualification.handoff.rules import Outcome
from baton.qualification.lifecycle.rules import rank
from baton.records.people import actions as people


def redirect(
    handoff: Handoff, *, by: User, note: str, territory: Territory | None, at: datetime
) -> Handoff:
    """Neither ``by`` nor the territory that led to them is tried again; the caller has the lock.

    It stays one handoff: marketing handed over one lead, and it is good.
    """
    end_round(
        handoff, outcome=Outcome.REDIRECTED, at=at, rep=by, note=note[:500], territory=territory
    )
    person = handoff.person
    if person.owner_id == by.pk and rank(person.stage) <= rank("sql"):
        people.assign_owner(person=person, owner=None, by=by, at=at, cause="handoff")
    publish(
        HandoffRedirected(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            rep_id=by.pk,
            note=note,
            territory=territory.name if territory else "",
        )
    )
    offer_next(handoff, at=at)
    return handoff
