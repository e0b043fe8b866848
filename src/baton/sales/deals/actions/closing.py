"""Won, lost, and open again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.facts import Fact, publish
from baton.core.fields.actions import check_asked, check_edit
from baton.sales.deals.actions.buyer import place_buyer
from baton.sales.deals.actions.gates import ClosingIncomplete, check_gate, obey
from baton.sales.deals.actions.holding import (
    about,
    check_amount,
    first_stage,
    hold_deal,
    hold_stage,
    present,
    save_deal,
    value_deal,
    written,
)
from baton.sales.deals.actions.lines import check_amount_is_free
from baton.sales.deals.actions.moving import STAGE_FIELDS, check_race, enter_stage
from baton.sales.deals.events import DealLost, DealReopened, DealWon
from baton.sales.deals.models import Deal, Stage, StageEntry
from baton.sales.deals.rules import StageKind, closing_gap
from baton.sales.deals.words import GAPS, STATES

# What closing writes, and what an undo brings back.
CLOSING = (
    "stage", "reason", "competitor", "objection", "need", "decision_maker", "amount", "closed_at",
    "custom",
)  # fmt: skip


class AlreadyClosed(RuleViolation):
    """Somebody was faster."""


class NotClosed(RuleViolation):
    """Only a closed deal can be reopened."""


SAID_AT_THE_END = ("competitor", "objection", "need", "decision_maker")


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a deal ended. ``amount`` None = as it stands."""

    kind: StageKind
    reason: str = ""
    competitor: str = ""
    objection: str = ""
    amount: Decimal | None = None
    need: str = ""
    decision_maker: str = ""
    custom: Mapping[str, Any] | None = None  # what the stage asks for of the company's own fields

    @property
    def given(self) -> dict[str, Any]:
        """What it says of the deal."""
        said = vars(self).items()
        return {name: value for name, value in said if name != "kind" and value not in (None, "")}


@transaction.atomic
def win_deal(
    *,
    deal: Deal,
    by: User | None,
    at: datetime,
    reason: str = "",
    competitor: str = "",
    amount: Decimal | None = None,
    need: str = "",
    decision_maker: str = "",
    custom: Mapping[str, Any] | None = None,
    version: int | None = None,
    batch: UUID | None = None,
) -> Deal:
    """Won: the person is a customer, the amount in the company's currency stays as of today's rate.

    ``amount`` is the signed one, when it differs. Raises AlreadyClosed, ClosingIncomplete,
    GateClosed, LostRace, DealGone, BadAmount, AmountFromLines.
    """
    ending = Ending(
        kind=StageKind.WON,
        reason=reason,
        competitor=competitor,
        amount=amount,
        need=need,
        decision_maker=decision_maker,
        custom=custom,
    )
    return _close(deal, ending=ending, by=by, at=at, version=version, batch=batch)


@transaction.atomic
def lose_deal(
    *,
    deal: Deal,
    by: User | None,
    at: datetime,
    reason: str,
    competitor: str = "",
    objection: str = "",
    custom: Mapping[str, Any] | None = None,
    version: int | None = None,
    batch: UUID | None = None,
) -> Deal:
    """Lost, with the reason; the person is a lead again unless other deals say otherwise.

    Raises AlreadyClosed, ClosingIncomplete, GateClosed, LostRace, DealGone.
    """
    ending = Ending(
        kind=StageKind.LOST,
        reason=reason,
        competitor=competitor,
        objection=objection,
        custom=custom,
    )
    return _close(deal, ending=ending, by=by, at=at, version=version, batch=batch)


@transaction.atomic
def reopen_deal(
    *,
    deal: Deal,
    by: User | None,
    at: datetime,
    stage: Stage | None = None,
    batch: UUID | None = None,
) -> Deal:
    """Open again in ``stage``, or the open stage where it was before it closed.

    That one asks for nothing; a stage of choice does. Raises NotClosed, DealGone, StageGone,
    GateClosed.
    """
    target = hold_stage(stage.pk) if stage else _stage_before(deal)
    deal = hold_deal(deal.pk)
    if deal.state == StageKind.OPEN:
        raise NotClosed(_("“%(deal)s” is open.") % {"deal": deal.name})
    if stage is not None:
        check_gate(deal, stage=target, given={})
    before = present(deal, CLOSING)
    put_into_open(deal, stage=target, by=by, at=at)
    obey(deal, by=by, at=at)
    record_change(
        object_type="deal", object_id=deal.pk, verb="edited", by=by, at=at, batch=batch,
        before=before, after=present(deal, CLOSING),
    )  # fmt: skip
    return deal


def _close(
    deal: Deal,
    *,
    ending: Ending,
    by: User | None,
    at: datetime,
    version: int | None,
    batch: UUID | None,
) -> Deal:
    target = first_stage(deal.stage.pipeline_id, kind=ending.kind)
    deal = hold_deal(deal.pk)
    _check_open(deal)
    _check_words(ending)
    check_gate(deal, stage=target, given=ending.given)
    check_race(deal, version=version)
    check_asked("deal", ending.given, by=by)
    own = {**deal.custom, **(ending.custom or {})}
    check_edit("deal", deal.custom, own, by=by, changed=_turned(deal, ending))
    if ending.amount is not None and ending.amount != deal.amount:
        check_amount_is_free(deal)
    before = present(deal, CLOSING)
    put_into_closed(deal, stage=target, ending=ending, by=by, at=at)
    obey(deal, by=by, at=at)
    record_change(
        object_type="deal", object_id=deal.pk, verb="edited", by=by, at=at, batch=batch,
        before=before, after=present(deal, CLOSING),
    )  # fmt: skip
    return deal


def _turned(deal: Deal, ending: Ending) -> dict[str, Any]:
    """What the ending writes of fields that somebody may be kept from."""
    said = {name: getattr(ending, name) for name in ("amount", *SAID_AT_THE_END)}
    return {name: value for name, value in said.items() if value and value != getattr(deal, name)}


def _check_open(deal: Deal) -> None:
    if deal.state == StageKind.OPEN:
        return
    stay = StageEntry.objects.filter(deal=deal, left_at=None).select_related("by").first()
    raise AlreadyClosed(
        _("%(who)s closed “%(deal)s” already: %(state)s.")
        % {
            "who": stay.by.name if stay and stay.by else _("Somebody"),
            "deal": deal.name,
            "state": str(STATES[deal.state]).lower(),
        }
    )


def _check_words(ending: Ending) -> None:
    gap = closing_gap(ending.kind, reason=ending.reason, competitor=ending.competitor)
    if gap is not None:
        field = "competitor" if "competitor" in gap else "reason"
        raise ClosingIncomplete(str(GAPS[gap]), field=field)


def put_into_closed(
    deal: Deal, *, stage: Stage, ending: Ending, by: User | None, at: datetime
) -> None:
    """Write the ending into a held deal, tell it, and move the person along."""
    enter_stage(deal, stage=stage, by=by, at=at)
    deal.closed_at = at
    deal.reason = ending.reason
    deal.competitor = ending.competitor.strip() or deal.competitor
    deal.objection = ending.objection.strip() or deal.objection
    deal.need = ending.need.strip() or deal.need
    deal.decision_maker = ending.decision_maker.strip() or deal.decision_maker
    deal.custom = {**deal.custom, **(ending.custom or {})}
    if ending.amount is not None:
        deal.amount = check_amount(ending.amount)
    value_deal(deal, at=at)
    save_deal(deal, at=at, fields={*STAGE_FIELDS, *CLOSING, "base_amount", "rate_on"})
    fact = publish(_closing_fact(deal, by=by, at=at))
    place_buyer(deal.person_id, cause=fact, owner_id=deal.owner_id, by=by, at=at)


def _closing_fact(deal: Deal, *, by: User | None, at: datetime) -> Fact:
    actor_id = by.pk if by else None
    if deal.state == StageKind.WON:
        return DealWon(
            happened_at=at,
            actor_id=actor_id,
            amount=written(deal.amount),
            currency=deal.currency,
            reason=deal.reason,
            **about(deal),
        )
    return DealLost(
        happened_at=at,
        actor_id=actor_id,
        reason=deal.reason,
        competitor=deal.competitor,
        objection=deal.objection,
        **about(deal),
    )


def put_into_open(deal: Deal, *, stage: Stage, by: User | None, at: datetime) -> None:
    """Open a held, closed deal again; its reason goes, what was learned of the rival stays."""
    former = deal.state
    enter_stage(deal, stage=stage, by=by, at=at)
    deal.closed_at, deal.reason = None, ""
    value_deal(deal, at=at)
    save_deal(deal, at=at, fields={*STAGE_FIELDS, *CLOSING, "base_amount", "rate_on"})
    fact = DealReopened(
        happened_at=at, actor_id=by.pk if by else None, former_state=former, **about(deal)
    )
    place_buyer(deal.person_id, cause=publish(fact), owner_id=deal.owner_id, by=by, at=at)


def _stage_before(deal: Deal) -> Stage:
    """The latest living open stage in its history, else the pipeline's first."""
    stays = StageEntry.objects.filter(deal=deal, stage__kind=StageKind.OPEN, stage__deleted_at=None)
    latest = stays.order_by("-left_at", "-pk").values_list("stage", flat=True).first()
    return hold_stage(latest) if latest else first_stage(deal.stage.pipeline_id)
