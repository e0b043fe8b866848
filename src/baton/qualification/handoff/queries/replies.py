"""What sales said against leads of marketing's, and what marketing said to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.offers import Label
from baton.qualification.handoff.models import Handoff, Reply
from baton.qualification.handoff.queries.lost import loss_label, loss_told, with_lost_deals
from baton.qualification.handoff.rules import AGAINST, State
from baton.qualification.handoff.slots import Loss
from baton.qualification.handoff.words import reason_label

# Of rows with their ``lost_deal``: marketing answered just this loss.
ANSWERS_LOSS = Q(reply__deal_id=F("lost_deal"), reply__reason=F("lost"))


@dataclass(frozen=True, kw_only=True)
class Said:
    """A verdict against the lead or, with ``loss``, why the deal was lost that came of it."""

    words: Label
    note: str
    by: User | None
    at: datetime | None
    loss: Loss | None = None

    @property
    def about(self) -> tuple[int | None, str]:
        """What an answer keeps of it, to be known as the answer to this."""
        return (self.loss.deal_id, self.loss.reason) if self.loss else (None, "")


def said_against(handoff: Handoff, *, user: User | None) -> Said | None:
    """None where sales says nothing against it that the user may know; an SDR's lead is not
    marketing's."""
    if handoff.is_to_executive:
        return None
    if handoff.state in AGAINST:
        return Said(
            words=reason_label(handoff.verdict or handoff.state),
            note=handoff.verdict_note,
            by=handoff.rep,
            at=handoff.closed_at,
        )
    loss = _loss_of(handoff, user=user) if handoff.state == State.QUALIFIED else None
    if loss is None:
        return None
    return Said(words=lost_words(loss.reason), note=loss.note, by=loss.by, at=loss.at, loss=loss)


def _loss_of(handoff: Handoff, *, user: User | None) -> Loss | None:
    rows = with_lost_deals(Handoff.objects.filter(pk=handoff.pk), user=user)
    deal_id = rows.filter(lost__isnull=False).values_list("lost_deal", flat=True).first()
    return loss_told(deal_id) if deal_id else None


def lost_words(reason: str) -> Label:
    """Beside verdicts it says what it is the reason of."""
    return _("%(reason)s, deal lost") % {"reason": loss_label(reason)}


def reply_to(handoff: Handoff, said: Said | None) -> Reply | None:
    """None: marketing has not answered this. Asked once, where the handoff was read with it."""
    reply: Reply | None = getattr(handoff, "reply", None) if said else None
    return reply if reply and said and (reply.deal_id, reply.reason) == said.about else None


def reply_to_row(handoff: Any) -> Reply | None:
    """The same of a row that was read with its ``lost_deal``."""
    reply: Reply | None = getattr(handoff, "reply", None)
    about = (handoff.lost_deal, handoff.lost or "")
    return reply if reply and (reply.deal_id, reply.reason) == about else None


def lead_of_loss(*, deal_id: int, person_id: int | None) -> Handoff | None:
    """The lead of which this lost deal came, with the answer to why; whoever sees the deal knows
    that much of it."""
    rows = Handoff.objects.to_sales().filter(person=person_id, state=State.QUALIFIED)
    lost = with_lost_deals(rows, user=None).filter(lost_deal=deal_id)
    found: Handoff | None = lost.select_related("reply__by").first() if person_id else None
    return found
