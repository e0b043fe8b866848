"""What Fennmark's marketing said to why deals were lost that came of its leads."""

from datetime import timedelta

from baton.core.demo.slots import Story
from baton.qualification.handoff.actions import reply_to_verdict
from baton.qualification.handoff.queries import lead_of_loss
from baton.qualification.handoff.rules import ReplyKind
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import LostReason, StageKind

DAY = timedelta(days=1)
LATELY = 60 * DAY  # older ones were before marketing answered any
# By reason; those that are not named wait for an answer still.
SAID = {
    LostReason.PRICE: (ReplyKind.MENDED, "The page names what a line costs now"),
    LostReason.NO_DECISION: (ReplyKind.AGREED, ""),
    LostReason.COMPETITOR: (ReplyKind.DISPUTED, "They asked for the energy desk again on Monday"),
}


def answer_losses(story: Story) -> None:
    """A day after each, as far as that day has come."""
    mara = story.cast["users"]["mara"]
    lately = Deal.objects.living().filter(closed_at__gt=story.at - LATELY)
    for deal in lately.filter(state=StageKind.LOST).order_by("pk"):
        said = SAID.get(LostReason(deal.reason))
        at = deal.closed_at + DAY if deal.closed_at else story.at
        lead = lead_of_loss(deal_id=deal.pk, person_id=deal.person_id)
        if said and lead and at < story.at:
            kind, note = said
            reply_to_verdict(handoff=lead, kind=kind, note=note, by=mara, at=at)
