"""What is owed, to whom, and why somebody got a lead."""

from baton.qualification.handoff.queries.agreements import (
    agreement_in_force,
    agreement_to_amend,
    coming_agreement,
    draft_agreement,
)
from baton.qualification.handoff.queries.briefs import (
    make_brief,
    score_in_words,
    source_among,
    source_of,
    told_in_form,
)
from baton.qualification.handoff.queries.replies import reply_to
from baton.qualification.handoff.queries.routing import Roster, routing_case, rule_fits
from baton.qualification.handoff.words import verdict_words

__all__ = [
    "Roster",
    "agreement_in_force",
    "agreement_to_amend",
    "coming_agreement",
    "draft_agreement",
    "make_brief",
    "reply_to",
    "routing_case",
    "rule_fits",
    "score_in_words",
    "source_among",
    "source_of",
    "told_in_form",
    "verdict_words",
]
