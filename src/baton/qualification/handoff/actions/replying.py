"""Marketing answers a verdict, or why a deal was lost: a reason is not the last word."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.facts import publish
from baton.qualification.handoff.actions.refusals import BadVerdict
from baton.qualification.handoff.events import VerdictReplied
from baton.qualification.handoff.models import Handoff, Reply
from baton.qualification.handoff.queries import reply_to, said_against
from baton.qualification.handoff.rules import ReplyKind


@transaction.atomic
def reply_to_verdict(
    *, handoff: Handoff, kind: str, by: User, at: datetime, note: str = ""
) -> Reply:
    """Mended, disputed (the note says what speaks against the reason) or agreed: the verdict, or
    why the deal was lost that came of the lead.

    A later answer replaces the one before; the same one twice is one. Raises BadVerdict.
    """
    note = note.strip()
    if kind not in set(ReplyKind):
        raise BadVerdict(_("Choose how you answer: mended, disputed or agreed."))
    if kind == ReplyKind.DISPUTED and not note:
        raise BadVerdict(_("Write what speaks against the reason."))
    handoff = Handoff.objects.select_for_update(of=("self",), no_key=True).get(pk=handoff.pk)
    said = said_against(handoff, user=by)
    if said is None:
        raise BadVerdict(_("There is no reason to answer: sales has not turned this lead down."))
    known = reply_to(handoff, said)
    if known and (known.kind, known.note) == (kind, note):
        return known
    deal_id, reason = said.about
    values = {"kind": kind, "note": note, "by": by, "at": at, "deal_id": deal_id, "reason": reason}
    reply, _is_new = Reply.objects.update_or_create(handoff=handoff, defaults=values)
    publish(
        VerdictReplied(
            happened_at=at,
            person_id=handoff.person_id,
            actor_id=by.pk,
            deal_id=deal_id,
            handoff_id=handoff.pk,
            rep_id=said.by.pk if said.by else 0,
            kind=kind,
            note=note,
        )
    )
    return reply
