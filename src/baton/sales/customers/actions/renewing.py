"""The contract of a customer: its end, gone on with or not; and one more deal."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.core.settings.queries import organisation_zone
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import about, change, hold
from baton.sales.customers.events import Churned, RenewalNear, Renewed, SecondDue, WonBack
from baton.sales.customers.models import Customer
from baton.sales.customers.rules import ChurnReason, mark_of
from baton.sales.deals.actions import open_deal
from baton.sales.deals.models import Deal

LONGEST_NAME = 150  # of a customer in a deal's, which has 200 characters


class NotLater(RuleViolation):
    """Who goes on has a contract that ends later."""


class HasChurned(RuleViolation):
    """Who is gone renews nothing."""


@transaction.atomic
def set_contract(
    *,
    customer: Customer,
    ends_on: date | None,
    amount: Decimal | None,
    currency: str,
    step: str,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> UUID:
    """Until when, for how much, and what is done next for the renewal. Another end is reminded of
    anew; the batch takes it back. Raises LostRace."""
    customer, batch = hold(customer.pk), new_key()
    values: dict[str, Any] = {
        "contract_ends_on": ends_on,
        "contract_amount": amount,
        "contract_currency": currency,
        "renewal_step": step.strip()[:250],
    }
    if ends_on != customer.contract_ends_on:
        values["reminded"] = None
    change(customer, values, by=by, at=at, batch=batch, version=version)
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def renew_contract(
    *,
    customer: Customer,
    ends_on: date,
    amount: Decimal | None,
    currency: str,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> UUID:
    """They go on until another day. Raises NotLater, HasChurned, LostRace."""
    customer, batch = hold(customer.pk), new_key()
    _check_stays(customer)
    former = customer.contract_ends_on
    if former is not None and ends_on <= former:
        raise NotLater(_("Choose a day after %(day)s.") % {"day": former.isoformat()})
    values = {
        "contract_ends_on": ends_on,
        "contract_amount": amount,
        "contract_currency": currency,
        "renewal_step": "",
        "reminded": None,
    }
    change(customer, values, by=by, at=at, batch=batch, version=version)
    publish(
        Renewed(
            happened_at=at,
            actor_id=by.pk if by else None,
            ends_on=ends_on.isoformat(),
            amount="" if amount is None else str(amount),
            currency=currency,
            **about(customer),
        )
    )
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def churn_customer(
    *, customer: Customer, on: date, reason: str, by: User | None, at: datetime
) -> UUID:
    """They do not go on; the batch takes it back. Raises HasChurned."""
    customer, batch = hold(customer.pk), new_key()
    _check_stays(customer)
    values = {"churned_on": on, "churn_reason": ChurnReason(reason).value}
    change(customer, values, by=by, at=at, batch=batch)
    actor = by.pk if by else None
    publish(
        Churned(happened_at=at, actor_id=actor, on=on.isoformat(), reason=reason, **about(customer))
    )
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def win_back(*, customer: Customer, by: User | None, at: datetime) -> UUID:
    """They are a customer again."""
    customer, batch = hold(customer.pk), new_key()
    if change(customer, {"churned_on": None, "churn_reason": ""}, by=by, at=at, batch=batch):
        publish(WonBack(happened_at=at, actor_id=by.pk if by else None, **about(customer)))
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def remind_of_renewal(*, customer: Customer, at: datetime) -> bool:
    """At each mark once, until it ends; of several that were slept through only the nearest is
    told."""
    customer = hold(customer.pk)
    if customer.contract_ends_on is None or customer.churned_on:
        return False
    today = at.astimezone(organisation_zone()).date()
    days = (customer.contract_ends_on - today).days
    mark = mark_of(customer.contract_ends_on, today=today) if days >= 0 else None
    if mark is None or (customer.reminded is not None and customer.reminded <= mark):
        return False
    customer.reminded = mark
    customer.save(update_fields=["reminded"])
    publish(RenewalNear(happened_at=at, mark=mark, days=days, **about(customer)))
    refresh([customer.pk], at=at)
    return True


@transaction.atomic
def tell_second(*, customer: Customer, at: datetime) -> bool:
    """That it is time to sell to them again: once."""
    customer = hold(customer.pk)
    if customer.again_told_at or customer.churned_on:
        return False
    customer.again_told_at = at
    customer.save(update_fields=["again_told_at"])
    days = (at - customer.started_at).days
    publish(SecondDue(happened_at=at, days=days, **about(customer)))
    return True


@transaction.atomic
def open_next_deal(*, customer: Customer, by: User, at: datetime, token: str = "") -> Deal:
    """One more with them, in one act; whoever presses owns it. Raises as open_deal does."""
    customer = hold(customer.pk)
    name = _("%(customer)s: next deal") % {"customer": str(customer)[:LONGEST_NAME]}
    return open_deal(
        name=name,
        company=customer.company,
        person=customer.person,
        owner=by,
        by=by,
        at=at,
        client_token=token,
    )


def _check_stays(customer: Customer) -> None:
    if customer.churned_on:
        raise HasChurned(_("%(customer)s is gone already.") % {"customer": customer})
