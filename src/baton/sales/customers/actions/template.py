"""The plan that new customers get: its steps come, change and go; plans that run stay."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    save_edit,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.keys import new_key
from baton.sales.customers.models import TemplateStep
from baton.sales.customers.permissions import MANAGE_CUSTOMERS
from baton.sales.customers.rules import Whose

KIND = "customer_template_step"
USUAL = (
    (_("Introduce yourself and agree on the goal"), Whose.OWNER, 1),
    (_("Pass on what was promised"), Whose.SELLER, 2),
    (_("Name who works with it"), Whose.CUSTOMER, 5),
    (_("Set it up together"), Whose.OWNER, 10),
    (_("Look at the first result"), Whose.OWNER, 20),
)


@transaction.atomic
def save_template_step(
    *,
    step: TemplateStep | None,
    name: str,
    whose: str,
    days: int,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> UUID:
    """A new one, or another name, side or day for one that is there."""
    batch = batch or new_key()
    values = {"name": name.strip()[:160], "whose": Whose(whose).value, "days": days}
    if step is None:
        made = TemplateStep.objects.create(**values)
        record_change(
            object_type=KIND, object_id=made.pk, verb="created", by=by, at=at, batch=batch
        )
        return batch
    held = TemplateStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    save_edit(held, object_type=KIND, values=values, by=by, at=at, batch=batch)
    return batch


@transaction.atomic
def begin_with_usual(*, by: User | None, at: datetime) -> UUID:
    """Five steps that most begin with; nothing where there are any. The batch takes them away."""
    batch = new_key()
    if not TemplateStep.objects.filter(deleted_at=None).exists():
        for name, whose, days in USUAL:
            save_template_step(
                step=None, name=str(name), whose=whose, days=days, by=by, at=at, batch=batch
            )
    return batch


@transaction.atomic
def remove_template_step(*, step: TemplateStep, by: User | None, at: datetime) -> UUID:
    gone = _put_away([step.pk], by, at)
    return record_each(gone, object_type=KIND, verb="deleted", by=by, at=at)


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return trash_rows(TemplateStep.objects.filter(pk__in=ids), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return restore_rows(TemplateStep.objects.filter(pk__in=ids))


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    step = TemplateStep.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(step, values=live_values(TemplateStep, values))
    step.save()


TEMPLATE = Tracked(
    object_type=KIND,
    label="Step of the onboarding plan",
    read=partial(read_fields, TemplateStep),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, _verb: (
        TemplateStep.objects.all() if user.may(MANAGE_CUSTOMERS) else TemplateStep.objects.none()
    ),
    has_trash=False,
)
