"""The table of rhythms is changed: check-ins that count already keep the day that they have."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core import filters
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
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.sales.customers.models import CheckinRule
from baton.sales.customers.permissions import MANAGE_CUSTOMERS

KIND = "customer_checkin_rule"


class RowGone(RuleViolation):
    """Somebody deleted it meanwhile."""


@transaction.atomic
def save_checkin_rule(
    *,
    values: Mapping[str, Any],
    rule: CheckinRule | None = None,
    version: int | None = None,
    by: User | None,
    at: datetime,
) -> tuple[CheckinRule, UUID]:
    """A new row, or another one's name, condition, days or place (``position``, from 1; the last
    one where it is not said), and the batch that takes it back. Raises BadFilter, LostRace,
    RowGone."""
    batch, said = new_key(), dict(values)
    told: dict[str, Any] = {"object_type": KIND, "by": by, "at": at, "batch": batch}
    place = said.pop("position", None)
    if "condition" in said:
        filters.parse(said["condition"], object_type="customer")
    rows = list(CheckinRule.objects.in_order().select_for_update())
    if rule is None:
        rule = CheckinRule.objects.create(**said, position=len(rows) + 1)
        rows.append(rule)
        record_change(object_id=rule.pk, verb="created", **told)
    else:
        rule = _among(rows, rule)
        save_edit(rule, values=said, version=version, **told)
    if place is not None:
        left = [one for one in rows if one.pk != rule.pk]
        left.insert(min(place, len(rows)) - 1, rule)
        for number, one in enumerate(left, start=1):
            save_edit(one, values={"position": number}, **told)
    return rule, batch


def _among(rows: Sequence[CheckinRule], rule: CheckinRule) -> CheckinRule:
    for one in rows:
        if one.pk == rule.pk:
            return one
    raise RowGone(_("“%(name)s” was deleted meanwhile.") % {"name": rule})


@transaction.atomic
def delete_checkin_rule(*, rule: CheckinRule, by: User | None, at: datetime) -> UUID:
    """Whom it was for fits another row, or none, from their next check-in on."""
    gone = _put_away([rule.pk], by, at)
    return record_each(gone, object_type=KIND, verb="deleted", by=by, at=at)


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return trash_rows(CheckinRule.objects.filter(pk__in=ids), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return restore_rows(CheckinRule.objects.filter(pk__in=ids))


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    rule = CheckinRule.objects.select_for_update().get(pk=pk)
    apply_edit(rule, values=live_values(CheckinRule, values))
    rule.save()


CHECKIN_RULES = Tracked(
    object_type=KIND,
    label="Row of the check-in rhythm",
    read=partial(read_fields, CheckinRule),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, _verb: CheckinRule.objects.visible_to(user, MANAGE_CUSTOMERS),
    has_trash=False,
)
