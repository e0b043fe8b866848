"""A deal begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Required, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.fields.actions import begin_with
from baton.core.money.rules import check_currency
from baton.core.settings.queries import organisation
from baton.records.people.models import Company, Person
from baton.sales.deals.actions.buyer import place_buyer
from baton.sales.deals.actions.firm import firm_of
from baton.sales.deals.actions.gates import check_gate, obey
from baton.sales.deals.actions.holding import (
    about,
    check_amount,
    first_stage,
    hold_stage,
    value_deal,
    written,
)
from baton.sales.deals.actions.pipelines import ensure_default_pipeline
from baton.sales.deals.events import DealGiven, DealOpened
from baton.sales.deals.models import Deal, DealPerson, Pipeline, Stage, StageEntry
from baton.sales.deals.rules import StageKind


class NobodyToSellTo(RuleViolation):
    """A deal without person and company."""


class NoName(RuleViolation):
    """A deal is called something."""


class NotAnOpenStage(RuleViolation):
    """A deal begins in an open stage."""


class NewDeal(TypedDict, total=False):
    """All that may be known of a new deal."""

    name: Required[str]
    person: Person | None
    company: Company | None
    owner: User | None
    qualifier: User | None
    pipeline: Pipeline | None
    stage: Stage | None
    amount: Decimal | None
    currency: str
    close_on: date | None
    next_step: str
    next_step_on: date | None
    need: str
    decision_maker: str
    role: str  # what the person is in it
    custom: Mapping[str, Any] | None


SAID = ("amount", "close_on", "next_step", "next_step_on", "need", "decision_maker")


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A deal that is about to begin: where, by whom and when."""

    deal: Deal
    stage: Stage | None
    pipeline: Pipeline | None
    by: User | None
    at: datetime
    role: str = ""


def open_deal(
    *, by: User | None, at: datetime, client_token: str = "", **new: Unpack[NewDeal]
) -> Deal:
    """A new deal in the first stage (or ``stage``), owned by ``owner`` or who opens it.

    The company is the person's own when none is given, or the one at their mail's domain: see
    ``firm_of``. The person becomes an opportunity. With a ``client_token`` a second call of the
    same user gives the first call's deal: a double click opens one. Raises NoName, NobodyToSellTo,
    NotAnOpenStage, StageGone, GateClosed, BadAmount, NotAccepted.
    """
    token = f"{by.pk if by else 0}:{client_token}"[:120] if client_token else None
    opening = Opening(
        deal=_drafted(new, token=token, by=by),
        stage=new.get("stage"),
        pipeline=new.get("pipeline"),
        by=by,
        at=at,
        role=new.get("role", ""),
    )
    return _opened_before(token) or _open_once(opening)


def _drafted(new: NewDeal, *, token: str | None, by: User | None) -> Deal:
    name = new["name"].strip()
    if not name:
        raise NoName(_("Give the deal a name."))
    if new.get("person") is None and new.get("company") is None:
        raise NobodyToSellTo(_("Choose the person or the company you sell to."))
    return Deal(
        name=name,
        sort_key=name.casefold()[:200],
        person=new.get("person"),
        company=new.get("company"),
        owner=new.get("owner") or by,
        qualifier=new.get("qualifier"),
        amount=check_amount(new.get("amount")),
        currency=check_currency(new.get("currency") or organisation().base_currency),
        close_on=new.get("close_on"),
        next_step=new.get("next_step", "").strip(),
        next_step_on=new.get("next_step_on"),
        need=new.get("need", "").strip(),
        decision_maker=new.get("decision_maker", "").strip(),
        client_token=token,
        custom=dict(new.get("custom") or {}),
    )


def _opened_before(token: str | None) -> Deal | None:
    return Deal.objects.filter(client_token=token).first() if token else None


def _open_once(opening: Opening) -> Deal:
    # Two clicks may both find no deal yet: the unique token lets one through, the other reads it.
    try:
        with transaction.atomic():
            return _open(opening)
    except IntegrityError:
        first = _opened_before(opening.deal.client_token)
        if first is None:
            raise  # another truth of the database was broken
        return first


def _open(opening: Opening) -> Deal:
    deal, by, at = opening.deal, opening.by, opening.at
    _begin(opening)
    deal.opened_at = deal.stage_at = deal.touched_at = at
    value_deal(deal, at=at)
    deal.save()
    if opening.role and deal.person_id:
        DealPerson.objects.create(deal=deal, person_id=deal.person_id, role=opening.role)
    obey(deal, by=by, at=at)
    StageEntry.objects.create(deal=deal, stage=deal.stage, entered_at=at, by=by)
    record_change(
        object_type="deal", object_id=deal.pk, verb="created", by=by, at=at,
        after={"name": deal.name, "amount": deal.amount, "owner": deal.owner_id},
    )  # fmt: skip
    fact = publish(
        DealOpened(
            happened_at=at,
            actor_id=by.pk if by else None,
            amount=written(deal.amount),
            currency=deal.currency,
            title=deal.name,
            stage=deal.stage.name,
            **about(deal),
        )
    )
    tell_given(deal, by=by, at=at)
    place_buyer(deal.person_id, cause=fact, owner_id=deal.owner_id, by=by, at=at)
    return deal


def _begin(opening: Opening) -> None:
    """Its stage and company, what own fields begin with, and what either asks for."""
    deal, by = opening.deal, opening.by
    if opening.stage is None:
        deal.stage = first_stage((opening.pipeline or ensure_default_pipeline()).pk)
    else:
        deal.stage = hold_stage(opening.stage.pk)
    if deal.stage.kind != StageKind.OPEN:
        raise NotAnOpenStage(_("A deal begins in an open stage."))
    if deal.person_id and deal.company_id is None:
        deal.company = firm_of(deal.person_id, by=by, at=opening.at)
    said = {name: getattr(deal, name) for name in SAID}
    if by and deal.owner_id != by.pk:
        said["owner"] = deal.owner_id
    [deal.custom] = begin_with("deal", [deal.custom], by=by, said=[said])
    if opening.stage is not None:
        check_gate(deal, stage=deal.stage, given={})


def tell_given(deal: Deal, *, by: User | None, at: datetime) -> None:
    """Whose it is now, where somebody else decided that."""
    if by and deal.owner_id and deal.owner_id != by.pk:
        publish(DealGiven(happened_at=at, actor_id=by.pk, owner_id=deal.owner_id, **about(deal)))
