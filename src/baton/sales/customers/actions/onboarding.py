"""The plan: begun for a customer, its steps done, added and taken away; and the first value."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.changes.actions import (
    apply_edit,
    record_each,
    restore_rows,
    save_edit,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.core.settings.queries import organisation_zone
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import about, change, hold
from baton.sales.customers.events import FirstValue, StepDone
from baton.sales.customers.models import Customer, Step, TemplateStep
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.rules import Whose, due_on

STEP = "customer_step"


class HasPlan(RuleViolation):
    """A plan begins once."""


class NoName(RuleViolation):
    """A step is called something."""


class BadDay(RuleViolation):
    """Nobody had use of it before they bought it, or will have had it tomorrow."""


@transaction.atomic
def begin_plan(
    *, customer: Customer, by: User | None, at: datetime, batch: UUID | None = None
) -> UUID:
    """The steps of the template, due from today on in the working days of whose they are; who
    works for the customer is counted as the owner. Raises HasPlan."""
    customer, batch = hold(customer.pk), batch or new_key()
    if Step.objects.living().filter(customer=customer).exists():
        raise HasPlan(_("There is a plan already."))
    template = list(TemplateStep.objects.filter(deleted_at=None).order_by("days", "pk"))
    book = HoursBook([customer.owner, customer.seller])
    begun = at.astimezone(organisation_zone()).date()
    steps = [
        Step(
            customer=customer,
            name=one.name,
            whose=one.whose,
            due_on=due_on(
                begun,
                days=one.days,
                hours=book.of(customer.seller if one.whose == Whose.SELLER else customer.owner),
            ),
        )
        for one in template
    ]
    Step.objects.bulk_create(steps)
    made = Step.objects.filter(key__in=[step.key for step in steps]).values_list("pk", flat=True)
    record_each(made, object_type=STEP, verb="created", by=by, at=at, batch=batch)
    return batch


@transaction.atomic
def add_step(
    *, customer: Customer, name: str, whose: str, on: date, by: User | None, at: datetime
) -> UUID:
    """One more, for this customer alone; the batch takes it away. Raises NoName."""
    customer = hold(customer.pk)
    if not name.strip():
        raise NoName(_("Say what is to be done."))
    step = Step.objects.create(
        customer=customer, name=name.strip()[:160], whose=Whose(whose).value, due_on=on
    )
    batch = record_each([step.pk], object_type=STEP, verb="created", by=by, at=at)
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def set_step(*, step: Step, is_done: bool, by: User | None, at: datetime) -> UUID | None:
    """Ticked off, or open again; None where it is so already."""
    customer = hold(step.customer_id)
    step = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if bool(step.done_at) == is_done or step.deleted_at:
        return None
    batch = new_key()
    values = {"done_at": at if is_done else None, "done_by": by if is_done else None}
    save_edit(step, object_type=STEP, values=values, by=by, at=at, batch=batch)
    if is_done:
        actor = by.pk if by else None
        publish(StepDone(happened_at=at, actor_id=actor, step=step.name, **about(customer)))
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def remove_step(*, step: Step, by: User | None, at: datetime) -> UUID:
    """Of this customer's plan; the batch brings it back."""
    gone = _put_away([step.pk], by, at)
    return record_each(gone, object_type=STEP, verb="deleted", by=by, at=at)


@transaction.atomic
def set_first_value(*, customer: Customer, on: date | None, by: User | None, at: datetime) -> UUID:
    """The day they first had use of it; None takes it back. Raises BadDay."""
    customer, batch = hold(customer.pk), new_key()
    zone = organisation_zone()
    begun = customer.started_at.astimezone(zone).date()
    if on is not None and not begun <= on <= at.astimezone(zone).date():
        raise BadDay(_("Choose a day between the day they became a customer and today."))
    if change(customer, {"first_value_on": on}, by=by, at=at, batch=batch):
        publish(
            FirstValue(
                happened_at=at,
                actor_id=by.pk if by else None,
                on=on.isoformat() if on else "",
                days=(on - begun).days if on else 0,
                **about(customer),
            )
        )
    return batch


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return _shown_anew(trash_rows(Step.objects.filter(pk__in=ids), at=at), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return _shown_anew(restore_rows(Step.objects.filter(pk__in=ids)), at=at)


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    step = Step.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(step, values=live_values(Step, values))
    step.save()
    _shown_anew([pk], at=at)


def _shown_anew(ids: list[int], *, at: datetime) -> list[int]:
    whose = Step.objects.filter(pk__in=ids).values_list("customer", flat=True).distinct()
    refresh(list(whose), at=at)
    return ids


STEPS = Tracked(
    object_type=STEP,
    label="Onboarding step",
    read=partial(read_fields, Step),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    # Who may work on the customer may take a step away: the plan is part of that work.
    reach=lambda user, _verb: Step.objects.reached_by(user, EDIT_CUSTOMERS),
    has_trash=False,
)
