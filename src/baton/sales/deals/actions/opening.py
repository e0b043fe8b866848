"""A deal begins."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

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
from baton.sales.deals.models import Deal, Pipeline, Stage, StageEntry
from baton.sales.deals.rules import StageKind


class NobodyToSellTo(RuleViolation):
    """A deal without person and company."""


class NoName(RuleViolation):
    """A deal is called something."""


class NotAnOpenStage(RuleViolation):
    """A deal begins in an open stage."""


def open_deal(
    *,
    name: str,
    by: User | None,
    at: datetime,
    person: Person | None = None,
    company: Company | None = None,
    owner: User | None = None,
    qualifier: User | None = None,
    pipeline: Pipeline | None = None,
    stage: Stage | None = None,
    amount: Decimal | None = None,
    currency: str = "",
    close_on: date | None = None,
    next_step: str = "",
    next_step_on: date | None = None,
    need: str = "",
    decision_maker: str = "",
    client_token: str = "",
    custom: Mapping[str, Any] | None = None,
) -> Deal:
    """A new deal in the first stage (or ``stage``), owned by ``owner`` or who opens it.

    The company is the person's own when none is given; the person becomes an opportunity. With a
    ``client_token`` a second call of the same user gives the first call's deal: a double click
    opens one. Raises NoName, NobodyToSellTo, NotAnOpenStage, StageGone, GateClosed, BadAmount,
    NotAccepted.
    """
    if not name.strip():
        raise NoName(_("Give the deal a name."))
    if person is None and company is None:
        raise NobodyToSellTo(_("Choose the person or the company you sell to."))
    token = f"{by.pk if by else 0}:{client_token}"[:120] if client_token else None
    deal = Deal(
        name=name.strip(),
        sort_key=name.strip().casefold()[:200],
        person=person,
        company=company or (person.company if person else None),
        owner=owner or by,
        qualifier=qualifier,
        amount=check_amount(amount),
        currency=check_currency(currency or organisation().base_currency),
        close_on=close_on,
        next_step=next_step.strip(),
        next_step_on=next_step_on,
        need=need.strip(),
        decision_maker=decision_maker.strip(),
        client_token=token,
        custom=dict(custom or {}),
    )
    return _opened_before(token) or _open_once(deal, stage=stage, pipeline=pipeline, by=by, at=at)


def _opened_before(token: str | None) -> Deal | None:
    return Deal.objects.filter(client_token=token).first() if token else None


def _open_once(
    deal: Deal, *, stage: Stage | None, pipeline: Pipeline | None, by: User | None, at: datetime
) -> Deal:
    # Two clicks may both find no deal yet: the unique token lets one through, the other reads it.
    try:
        with transaction.atomic():
            return _open(deal, stage=stage, pipeline=pipeline, by=by, at=at)
    except IntegrityError:
        first = _opened_before(deal.client_token)
        if first is None:
            raise  # another truth of the database was broken
        return first


def _begin(deal: Deal, *, stage: Stage | None, pipeline: Pipeline | None, by: User | None) -> None:
    """Its stage, what own fields begin with, and what either asks for."""
    if stage is None:
        deal.stage = first_stage((pipeline or ensure_default_pipeline()).pk)
    else:
        deal.stage = hold_stage(stage.pk)
    if deal.stage.kind != StageKind.OPEN:
        raise NotAnOpenStage(_("A deal begins in an open stage."))
    [deal.custom] = begin_with("deal", [deal.custom], by=by)
    if stage is not None:
        check_gate(deal, stage=deal.stage, given={})


def _open(
    deal: Deal, *, stage: Stage | None, pipeline: Pipeline | None, by: User | None, at: datetime
) -> Deal:
    _begin(deal, stage=stage, pipeline=pipeline, by=by)
    deal.opened_at = deal.stage_at = deal.touched_at = at
    value_deal(deal, at=at)
    deal.save()
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


def tell_given(deal: Deal, *, by: User | None, at: datetime) -> None:
    """Whose it is now, where somebody else decided that."""
    if by and deal.owner_id and deal.owner_id != by.pk:
        publish(DealGiven(happened_at=at, actor_id=by.pk, owner_id=deal.owner_id, **about(deal)))
