"""Write the models: drafts, which version is in use, and the bands of their grades."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation, gettext_noop
from baton.core.facts import publish
from baton.qualification.scoring.events import ScoreModelChanged
from baton.qualification.scoring.models import ScoreModel, ScoreRule, Standing
from baton.qualification.scoring.permissions import MANAGE_SCORES
from baton.qualification.scoring.rules.grading import are_bands
from baton.qualification.scoring.rules.models import About, State

SETTINGS = (
    "name",
    "persona",
    "product",
    "fit_bands",
    "engagement_bands",
    "people_how",
    "people_top",
    "people_cap",
)
COPIED = ("about", "is_main", "line", *SETTINGS)
OF_RULE = (
    *("name", "kind", "points", "condition", "fact", "match"),
    *("half_life_days", "expires_days", "cap", "is_active", "position"),
)
LIVE = "live_edition"  # in history: which version of its line is in use
Ids = Collection[int]


class BadScoreModel(RuleViolation):
    """A model that could not be used as it is, or one that must stay."""


@transaction.atomic
def ensure_main_model(*, at: datetime, about: str = About.PERSON) -> ScoreModel:
    """The live model whose score such records show; made if there was never one."""
    found = ScoreModel.objects.live(about).filter(is_main=True).first()
    return found or ScoreModel.objects.create(
        name=_("Everybody"), about=about, is_main=True, state=State.LIVE, live_since=at
    )


@transaction.atomic
def create_score_model(
    *, about: str, values: Mapping[str, Any], by: User | None, at: datetime
) -> ScoreModel:
    """A draft. About people it stands beside the main model; about the rest it is the only one.

    Raises BadScoreModel.
    """
    model = ScoreModel(about=about, state=State.DRAFT, **_chosen(values))
    if about != About.PERSON:
        model.is_main = True
        latest = ScoreModel.objects.filter(about=about).order_by("-edition").first()
        if latest:
            model.line, model.edition = latest.line, latest.edition + 1
    _check(model)
    model.save()
    record_change(
        object_type="score_model",
        object_id=model.pk,
        verb="created",
        after={"name": model.name},
        by=by,
        at=at,
    )
    return model


@transaction.atomic
def draft_of(model: ScoreModel, *, by: User | None, at: datetime) -> ScoreModel:
    """The next version, with the same rules: to change, to try on the past, to put to use."""
    line = ScoreModel.objects.select_for_update().filter(line=model.line)
    latest = line.aggregate(latest=Max("edition"))["latest"]
    draft = ScoreModel.objects.create(
        state=State.DRAFT, edition=latest + 1, **{name: getattr(model, name) for name in COPIED}
    )
    ScoreRule.objects.bulk_create(
        ScoreRule(model=draft, **{name: getattr(rule, name) for name in OF_RULE})
        for rule in model.rules.living().order_by("position", "pk")
    )
    record_change(
        object_type="score_model",
        object_id=draft.pk,
        verb="created",
        after={"name": draft.name},
        by=by,
        at=at,
    )
    return draft


@transaction.atomic
def edit_score_model(
    *,
    model: ScoreModel,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
) -> bool:
    """Name, whom it is about, bands, what people add. Raises BadScoreModel, LostRace."""
    model = ScoreModel.objects.living().select_for_update(of=("self",)).get(pk=model.pk)
    before = {name: getattr(model, name) for name in SETTINGS}
    changed = apply_edit(model, values=_chosen(values), version=version)
    if not changed:
        return False
    _check(model)
    model.save(update_fields=[*changed, "version"])
    record_change(
        object_type="score_model",
        object_id=model.pk,
        verb="edited",
        before={name: before[name] for name in changed},
        after={name: getattr(model, name) for name in changed},
        by=by,
        at=at,
    )
    _tell(model, by=by, at=at)
    return True


@transaction.atomic
def put_to_use(*, model: ScoreModel, note: str = "", by: User | None, at: datetime) -> UUID:
    """This version counts from now on, and the one before it no more; everybody is scored anew.

    The batch that is returned puts the former one back. Raises BadScoreModel.
    """
    line = list(ScoreModel.objects.select_for_update(of=("self",)).filter(line=model.line))
    model = next(one for one in line if one.pk == model.pk)
    former = next((one for one in line if one.state == State.LIVE), None)
    if model.state == State.LIVE or model.deleted_at:
        raise BadScoreModel(_("This version is in use, or deleted."))
    if not model.rules.switched_on().exists() and not model.people_how:
        raise BadScoreModel(_("Give the model a rule first: without one everybody has 0 points."))
    _swap(model, former, note=note, by=by, at=at)
    return record_change(
        object_type="score_model",
        object_id=model.pk,
        verb="edited",
        before={LIVE: former.edition if former else 0},
        after={LIVE: model.edition, "note": note},
        by=by,
        at=at,
    ).batch


@transaction.atomic
def stop_model(*, model: ScoreModel, by: User | None, at: datetime) -> UUID:
    """Nobody is scored by it any more. Raises BadScoreModel for the one that the agreement asks."""
    model = ScoreModel.objects.select_for_update(of=("self",)).get(pk=model.pk)
    if model.state != State.LIVE or (model.is_main and model.about == About.PERSON):
        raise BadScoreModel(_("The agreement asks this score: put another version to use instead."))
    _swap(None, model, note="", by=by, at=at)
    return record_change(
        object_type="score_model",
        object_id=model.pk,
        verb="edited",
        before={LIVE: model.edition},
        after={LIVE: 0},
        by=by,
        at=at,
    ).batch


def _swap(
    model: ScoreModel | None, former: ScoreModel | None, *, note: str, by: User | None, at: datetime
) -> None:
    if former:
        former.state = State.RETIRED
        former.save(update_fields=["state"])
        Standing.objects.filter(model=former).delete()
    if model:
        model.state, model.live_since, model.signed_by, model.note = State.LIVE, at, by, note
        model.save(update_fields=["state", "live_since", "signed_by", "note"])
    changed = model or former
    if changed:
        _publish(changed, by=by, at=at)


def _tell(model: ScoreModel, *, by: User | None, at: datetime) -> None:
    """Of drafts and former versions nobody has points."""
    if model.state == State.LIVE:
        _publish(model, by=by, at=at)


def _publish(model: ScoreModel, *, by: User | None, at: datetime) -> None:
    actor = by.pk if by else None
    fact = ScoreModelChanged(
        happened_at=at, actor_id=actor, model_id=model.pk, about=str(model.about)
    )
    publish(fact)


def _chosen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in SETTINGS if name in values}


def _check(model: ScoreModel) -> None:
    if not (are_bands(model.fit_bands) and are_bands(model.engagement_bands)):
        raise BadScoreModel(_("Give three numbers for the grades, each lower than the one before."))
    if model.about != About.PERSON and (model.persona or model.product):
        raise BadScoreModel(_("Only models about people are of a persona or a product."))
    if model.is_main and model.persona:
        raise BadScoreModel(_("The agreement asks this score of everybody: it has no persona."))


def _put_away(ids: Ids, by: User | None, at: datetime) -> list[int]:
    return trash_rows(ScoreModel.objects.filter(pk__in=ids).exclude(state=State.LIVE), at=at)


def _bring_back(ids: Ids, by: User | None, at: datetime) -> list[int]:
    return restore_rows(ScoreModel.objects.filter(pk__in=ids))


def _read(ids: Ids, names: Collection[str]) -> Mapping[int, Mapping[str, Any]]:
    """With the version in use of each one's line, which is no column."""
    found = read_fields(ScoreModel, ids, [name for name in names if name in SETTINGS])
    if LIVE not in names:
        return found
    lines = dict(ScoreModel.objects.filter(pk__in=ids).values_list("pk", "line"))
    used = ScoreModel.objects.filter(line__in=lines.values(), state=State.LIVE)
    live = dict(used.values_list("line", "edition"))
    return {pk: {**values, LIVE: live.get(lines[pk], 0)} for pk, values in found.items()}


@transaction.atomic
def _write(model_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    model = ScoreModel.objects.select_for_update(of=("self",)).get(pk=model_id)
    settings = {name: value for name, value in values.items() if name in SETTINGS}
    if settings and apply_edit(model, values=live_values(ScoreModel, settings)):
        _check(model)
        model.save()
        _tell(model, by=by, at=at)
    if LIVE in values:
        line = ScoreModel.objects.select_for_update(of=("self",)).filter(line=model.line)
        former = line.filter(state=State.LIVE).first()
        _swap(line.filter(edition=values[LIVE]).first(), former, note="", by=by, at=at)


SCORE_MODEL = Tracked(
    object_type="score_model",
    label=gettext_noop("Score model"),
    read=_read,
    write=_write,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, _verb: ScoreModel.objects.reached_by(user, MANAGE_SCORES),
)
