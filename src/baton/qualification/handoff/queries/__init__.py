"""What is owed, to whom, and why somebody got a lead."""

from baton.qualification.handoff.queries.agreements import (
    agreement_in_force,
    agreement_to_amend,
    answered_since,
    coming_agreement,
    draft_agreement,
    executives_agreement,
    owners_terms,
    signing_sides,
    threshold_in_force,
    usual_terms,
    versions_of,
)
from baton.qualification.handoff.queries.answering import answered_by
from baton.qualification.handoff.queries.book import read_book
from baton.qualification.handoff.queries.briefs import (
    make_brief,
    score_in_words,
    source_among,
    source_of,
    told_in_form,
)
from baton.qualification.handoff.queries.learnt import learnt_about, owes_need
from baton.qualification.handoff.queries.replies import (
    Said,
    lead_of_loss,
    reply_to,
    reply_to_row,
    said_against,
)
from baton.qualification.handoff.queries.roster import Roster
from baton.qualification.handoff.queries.routing import Cases, Past, pasts_of
from baton.qualification.handoff.words import verdict_words

__all__ = [
    "Cases",
    "Past",
    "Roster",
    "Said",
    "agreement_in_force",
    "agreement_to_amend",
    "answered_by",
    "answered_since",
    "coming_agreement",
    "draft_agreement",
    "executives_agreement",
    "lead_of_loss",
    "learnt_about",
    "make_brief",
    "owes_need",
    "owners_terms",
    "pasts_of",
    "read_book",
    "reply_to",
    "reply_to_row",
    "said_against",
    "score_in_words",
    "signing_sides",
    "source_among",
    "source_of",
    "threshold_in_force",
    "told_in_form",
    "usual_terms",
    "verdict_words",
    "versions_of",
]
