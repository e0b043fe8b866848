"""From stage to stage."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import LostRace, record_change
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.sales.deals.actions.editing import change_fields
from baton.sales.deals.actions.gates import check_gate, obey
from baton.sales.deals.actions.holding import about, hold_deal, hold_stage, save_deal
from baton.sales.deals.events import DealMoved
from baton.sales.deals.models import Deal, Stage, StageEntry
from baton.sales.deals.rules import StageKind
from baton.sales.deals.words import STATES


class NeedsItsForm(RuleViolation):
    """Won and Lost ask why: use win_deal and lose_deal."""


class DealClosed(RuleViolation):
    """A closed deal is reopened before it moves."""


class OtherPipeline(RuleViolation):
    """The stage belongs to another pipeline."""


STAGE_FIELDS = ("stage", "stage_at", "stage_version", "state")


@transaction.atomic
def move_deal(
    *,
    deal: Deal,
    stage: Stage,
    by: User | None,
    at: datetime,
    version: int | None = None,
    batch: UUID | None = None,
    values: Mapping[str, Any] | None = None,
) -> Deal:
    """To another open stage of its pipeline; to the stage where it is already: nothing happens.

    ``version`` is the one that the mover saw: if the deal was moved since then, LostRace says by
    whom. Other edits since then are no conflict. ``batch`` names the act for its undo.
    ``values``: what the stage asks for, written with the move. Raises StageGone, DealGone,
    DealClosed, NeedsItsForm, OtherPipeline, LostRace, GateClosed, and what edit_deal raises.
    """
    target = hold_stage(stage.pk)
    deal = hold_deal(deal.pk)
    if deal.stage_id == target.pk:
        return deal
    _check(deal, target=target)
    check_race(deal, version=version)
    check_gate(deal, stage=target, given=values or {})
    if values:
        batch = batch or new_key()
        deal = change_fields(deal=deal, values=values, by=by, at=at, version=version, batch=batch)
    former = deal.stage
    enter_stage(deal, stage=target, by=by, at=at)
    save_deal(deal, at=at, fields=STAGE_FIELDS)
    obey(deal, by=by, at=at)
    record_change(
        object_type="deal", object_id=deal.pk, verb="edited", by=by, at=at, batch=batch,
        before={"stage": former.pk}, after={"stage": target.pk},
    )  # fmt: skip
    tell_move(deal, former=former, by=by, at=at)
    return deal


def _check(deal: Deal, *, target: Stage) -> None:
    if deal.state != StageKind.OPEN:
        raise DealClosed(
            _("“%(deal)s” is closed (%(state)s). Reopen it before you move it.")
            % {"deal": deal.name, "state": str(STATES[deal.state]).lower()}
        )
    if target.pipeline_id != deal.stage.pipeline_id:
        raise OtherPipeline(_("That stage belongs to another pipeline."))
    if target.kind != StageKind.OPEN:
        raise NeedsItsForm(
            _("Say why before “%(deal)s” goes to %(stage)s.")
            % {"deal": deal.name, "stage": target.name}
        )


def check_race(deal: Deal, *, version: int | None) -> None:
    """Raises LostRace when the deal changed its stage after ``version`` was read."""
    if version is None or version >= deal.stage_version:
        return
    latest = StageEntry.objects.filter(deal=deal, left_at=None).select_related("by").first()
    raise LostRace(
        _("%(who)s moved “%(deal)s” to %(stage)s meanwhile. Look again, then move it.")
        % {
            "who": latest.by.name if latest and latest.by else _("Somebody"),
            "deal": deal.name,
            "stage": deal.stage.name,
        }
    )


def enter_stage(deal: Deal, *, stage: Stage, by: User | None, at: datetime) -> None:
    """Close the present stay, begin the next; the deal itself is saved by the caller."""
    StageEntry.objects.filter(deal=deal, left_at=None).update(left_at=at)
    StageEntry.objects.create(deal=deal, stage=stage, entered_at=at, by=by)
    deal.stage, deal.stage_at, deal.state = stage, at, stage.kind
    deal.version += 1
    deal.stage_version = deal.version


def tell_move(deal: Deal, *, former: Stage, by: User | None, at: datetime) -> None:
    """Publish that the deal came to its present stage."""
    publish(
        DealMoved(
            happened_at=at,
            actor_id=by.pk if by else None,
            from_stage=former.name,
            to_stage=deal.stage.name,
            **about(deal),
        )
    )
