"""Write the rules; who hears that one changed has everybody scored anew."""

from collections.abc import Collection, Mapping
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
    trash_rows,
)
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation, gettext_noop
from baton.core.facts import publish_many
from baton.core.facts.kinds import kinds
from baton.qualification.scoring.actions.models import ensure_main_model
from baton.qualification.scoring.events import ScoreRuleChanged
from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.qualification.scoring.permissions import MANAGE_SCORES
from baton.qualification.scoring.rules import LARGEST, Kind
from baton.qualification.scoring.rules.models import State

FIELDS = (
    "name",
    "kind",
    "points",
    "condition",
    "fact",
    "match",
    "half_life_days",
    "expires_days",
    "cap",
    "is_active",
    "position",
)
Ids = Collection[int]


class BadScoreRule(RuleViolation):
    """A rule that could never give points as it says."""


@transaction.atomic
def create_score_rule(
    *, values: Mapping[str, Any], by: User | None, at: datetime, model: ScoreModel | None = None
) -> ScoreRule:
    """A new rule, of the main model about people unless another is given.

    Raises BadScoreRule, or BadFilter for a condition that cannot be read.
    """
    rule = ScoreRule(**{name: values[name] for name in FIELDS if name in values})
    rule.model = model or ensure_main_model(at=at)
    _check(rule)
    rule.save()
    record_change(
        object_type="score_rule",
        object_id=rule.pk,
        verb="created",
        after={"name": rule.name, "points": rule.points},
        by=by,
        at=at,
    )
    _tell([rule.pk], by=by, at=at)
    return rule


@transaction.atomic
def edit_score_rule(
    *,
    rule: ScoreRule,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
) -> bool:
    """Change the rule; True when something did. Raises BadScoreRule, BadFilter, LostRace."""
    rule = ScoreRule.objects.living().select_for_update().get(pk=rule.pk)
    before = {name: getattr(rule, name) for name in FIELDS}
    chosen = {name: values[name] for name in FIELDS if name in values}
    changed = apply_edit(rule, values=chosen, version=version)
    if not changed:
        return False
    _check(rule)
    rule.save(update_fields=[*changed, "version"])
    record_change(
        object_type="score_rule",
        object_id=rule.pk,
        verb="edited",
        before={name: before[name] for name in changed},
        after={name: getattr(rule, name) for name in changed},
        by=by,
        at=at,
    )
    _tell([rule.pk], by=by, at=at)
    return True


@transaction.atomic
def delete_score_rule(*, rule: ScoreRule, by: User | None, at: datetime) -> UUID:
    """Into the trash: it gives no points any more. The batch that is returned takes it out."""
    moved = _put_away([rule.pk], by, at)
    return record_each(moved, object_type="score_rule", verb="deleted", by=by, at=at)


def _put_away(ids: Ids, by: User | None, at: datetime) -> list[int]:
    moved = trash_rows(ScoreRule.objects.filter(pk__in=ids), at=at)
    _tell(moved, by=by, at=at)
    return moved


def _bring_back(ids: Ids, by: User | None, at: datetime) -> list[int]:
    """To the place that it had; what people did meanwhile is counted as if it had never gone."""
    moved = restore_rows(ScoreRule.objects.filter(pk__in=ids))
    _tell(moved, by=by, at=at)
    return moved


@transaction.atomic
def _write(rule_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    rule = ScoreRule.objects.select_for_update().get(pk=rule_id)
    if apply_edit(rule, values=values):
        _check(rule)
        rule.save()
        _tell([rule_id], by=by, at=at)


def _tell(ids: Ids, *, by: User | None, at: datetime) -> None:
    """Of drafts and former versions nobody has points."""
    actor = by.pk if by else None
    live = ScoreRule.objects.filter(pk__in=ids, model__state=State.LIVE)
    publish_many(
        ScoreRuleChanged(happened_at=at, actor_id=actor, rule_id=pk, about=about)
        for pk, about in live.order_by("pk").values_list("pk", "model__about")
    )


SCORE_RULE = Tracked(
    object_type="score_rule",
    label=gettext_noop("Score rule"),
    read=partial(read_fields, ScoreRule),
    write=_write,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, _verb: ScoreRule.objects.visible_to(user, MANAGE_SCORES),
)


def _check(rule: ScoreRule) -> None:
    if not rule.points or abs(rule.points) > LARGEST:
        raise BadScoreRule(_("Give points, more or fewer than 0."))
    if rule.kind == Kind.FIT:
        filters.parse(rule.condition, object_type=rule.model.about)
        rule.fact, rule.match, rule.half_life_days, rule.expires_days = "", {}, None, None
        return
    if rule.fact not in kinds or rule.fact.startswith("score."):
        raise BadScoreRule(_("Choose what the person did."))
    if rule.half_life_days and rule.expires_days:
        raise BadScoreRule(_("Points fade by half, or end on a day: choose one of the two."))
    rule.condition = None
