"""Handoffs and their verdicts, as marks on the score of a person."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.addresses import address
from baton.qualification.handoff.queries.desk import handoffs_of
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.words import reason_label
from baton.qualification.scoring.slots import ScoreMark
from baton.records.people.models import Person

MOST = 20  # handoffs


def marks_of(person: Person, user: User) -> Iterator[ScoreMark]:
    """Handed over, accepted, and how it ended; as far as the user sees these handoffs."""
    for handoff in handoffs_of(person, user=user)[:MOST]:
        url = address("handoff:lead", handoff.key)
        words = _("Handed over: %(why)s") % {"why": handoff.reason}
        yield ScoreMark(at=handoff.made_at, words=words, url=url)
        if handoff.answered_at and handoff.state != State.REJECTED:
            yield ScoreMark(at=handoff.answered_at, words=_("Accepted"), url=url)
        if handoff.closed_at and handoff.verdict:
            said = _("Verdict: %(what)s") % {"what": reason_label(handoff.verdict)}
            yield ScoreMark(at=handoff.closed_at, words=said, url=url)
