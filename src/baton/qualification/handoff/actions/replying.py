"""Marketing answers a verdict, so that a reason is not the last word."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.facts import publish
from baton.qualification.handoff.actions.refusals import BadVerdict
from baton.qualification.handoff.events import VerdictReplied
from baton.qualification.handoff.models import Handoff, Reply
from baton.qualification.handoff.rules import AGAINST, ReplyKind


@transaction.atomic
def reply_to_verdict(
    *, handoff: Handoff, kind: str, by: User, at: datetime, note: str = ""
) -> Reply:
    """Mended, disputed (the note says what speaks against the reason) or agreed.

    A later answer replaces the one before; the same one twice is one. Raises BadVerdict.
    """
    note = note.strip()
    if kind not in set(ReplyKind):
        raise BadVerdict(_("Choose how you answer: mended, disputed or agreed."))
    if kind == ReplyKind.DISPUTED and not note:
        raise BadVerdict(_("Write what speaks against the reason."))
    handoff = Handoff.objects.select_for_update(of=("self",), no_key=True).get(pk=handoff.pk)
    if handoff.state not in AGAINST:
        raise BadVerdict(_("There is no reason to answer: sales has not turned this lead down."))
    known = Reply.objects.filter(handoff=handoff).first()
    if known and (known.kind, known.note) == (kind, note):
        return known
    values = {"kind": kind, "note": note, "by": by, "at": at}
    reply, _is_new = Reply.objects.update_or_create(handoff=handoff, defaults=values)
    publish(
        VerdictReplied(
            happened_at=at,
            person_id=handoff.person_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            rep_id=handoff.rep_id or 0,
            kind=kind,
            note=note,
        )
    )
    return reply
