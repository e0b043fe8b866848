"""The list of handoffs behind a figure, as all who show one draw it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.offers import Label
from baton.qualification.handoff.models import Handoff, Reply
from baton.qualification.handoff.permissions import REPLY_TO_VERDICTS
from baton.qualification.handoff.queries.lost import loss_label, with_lost_deals
from baton.qualification.handoff.queries.replies import reply_to_row
from baton.qualification.handoff.rules import AGAINST

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One of them; ``lost``: why the deal that came of it was, in words."""

    handoff: Handoff
    lost: Label
    reply: Reply | None
    may_reply: bool


def listed(rows: QuerySet[Handoff], *, user: User) -> dict[str, Any]:
    """The latest of them, and how many there are."""
    # Cut before anything is joined: else SQLite begins with the agreement, and sorts all it rules.
    latest = rows.order_by("-made_at", "-pk").values("pk")[:MOST]
    related = Handoff.objects.select_related("person__company", "rep", "agreement", "reply")
    shown = with_lost_deals(related.filter(pk__in=latest), user=user).order_by("-made_at", "-pk")
    return {"behind": list(_behind(shown, user=user)), "count": rows.count()}


def _behind(rows: Any, *, user: User) -> Iterator[Behind]:
    may_reply = user.may(REPLY_TO_VERDICTS)
    for handoff in rows:
        yield Behind(
            handoff=handoff,
            lost=loss_label(handoff.lost) if handoff.lost else "",
            reply=reply_to_row(handoff),
            may_reply=may_reply and _is_against(handoff),
        )


def _is_against(handoff: Any) -> bool:
    """What executives give back to SDRs is not marketing's to answer."""
    return not handoff.is_to_executive and bool(handoff.lost or handoff.state in AGAINST)
