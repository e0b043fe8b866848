"""Rules that say which records are not acceptable: made, changed, thrown away."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation, gettext_noop
from baton.core.fields.models import ValidationRule
from baton.core.fields.queries import managed, rules_of
from baton.core.filters.fields import askable

EDITABLE = ("message", "condition", "is_on")
MOST_RULES = 50  # an object: all of them are asked at each edit
LONGEST_MESSAGE = 250


class BadRule(RuleViolation):
    """A rule that could not be obeyed."""


@transaction.atomic
def save_rule(
    *,
    object_type: str,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    rule: ValidationRule | None = None,
    version: int | None = None,
    batch: UUID | None = None,
) -> ValidationRule:
    """A new rule, or another wording of one; records that break it already may stay so.

    Raises BadRule, BadFilter and LostRace.
    """
    verb = "edited" if rule else "created"
    if rule is None and len(rules_of(object_type)) >= MOST_RULES:
        raise BadRule(_("There are %(count)d rules already.") % {"count": MOST_RULES})
    rule = (
        ValidationRule.objects.select_for_update().get(pk=rule.pk)
        if rule
        else ValidationRule(object_type=object_type, position=len(rules_of(object_type)))
    )
    before = {name: getattr(rule, name) for name in EDITABLE}
    changed = apply_edit(rule, values=_checked(rule, values), version=version)
    if not changed:
        return rule
    rule.version = rule.version if verb == "edited" else 1
    rule.save()
    record_change(
        object_type="validation_rule", object_id=rule.pk, verb=verb, by=by, at=at, batch=batch,
        before={name: before[name] for name in changed} if verb == "edited" else {},
        after={name: getattr(rule, name) for name in changed},
    )  # fmt: skip
    return rule


@transaction.atomic
def trash_rules(*, rule_ids: Collection[int], by: User | None, at: datetime) -> UUID:
    """Nobody is asked any more; the batch brings them back."""
    moved = _put_away(rule_ids, by, at)
    return record_each(moved, object_type="validation_rule", verb="deleted", by=by, at=at)


def _checked(rule: ValidationRule, values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := values.keys() - set(EDITABLE):
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = dict(values)
    if "message" in clean:
        clean["message"] = " ".join(str(clean["message"]).split())
        if not 0 < len(clean["message"]) <= LONGEST_MESSAGE:
            raise BadRule(_("Say in a sentence why such a record is not acceptable."))
    if "condition" in clean:
        fields = askable(rule.object_type, may=lambda _permission: True)
        chosen = filters.parse(clean["condition"], object_type=rule.object_type, fields=fields)
        if not chosen.conditions:
            raise BadRule(_("Say when a record is not acceptable: add a condition."))
    return clean


def _put_away(rule_ids: Collection[int], _by: User | None, at: datetime) -> list[int]:
    return trash_rows(ValidationRule.objects.filter(pk__in=rule_ids), at=at)


def _bring_back(rule_ids: Collection[int], _by: User | None, _at: datetime) -> list[int]:
    return restore_rows(ValidationRule.objects.filter(pk__in=rule_ids))


def _write(rule_id: int, values: Mapping[str, Any], _by: User | None, _at: datetime) -> None:
    rows = ValidationRule.objects.filter(pk=rule_id)
    rows.update(**values, version=F("version") + 1)


RULE = Tracked(
    object_type="validation_rule",
    label=gettext_noop("Rule"),
    read=partial(read_fields, ValidationRule),
    write=_write,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, _verb: managed(ValidationRule.objects.all(), user),
)
