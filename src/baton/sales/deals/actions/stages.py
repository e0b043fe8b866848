"""Stages of a pipeline: added, named, ordered, taken out with their deals moved."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import check_version, record_changes
from baton.core.changes.models import Change
from baton.core.facts import publish_many
from baton.core.keys import new_key
from baton.sales.deals.actions.holding import about, hold_stage
from baton.sales.deals.actions.pipelines import PipelineRefused, clean_name
from baton.sales.deals.events import DealMoved
from baton.sales.deals.models import Deal, Pipeline, Stage, StageEntry
from baton.sales.deals.queries import askable_of
from baton.sales.deals.rules import StageKind

MOST_STAGES = 12


@transaction.atomic
def add_stage(*, pipeline: Pipeline, name: str, probability: int) -> Stage:
    """An open stage, last before Won. Raises PipelineRefused."""
    stages = _stages(pipeline)
    if len(stages) >= MOST_STAGES:
        raise PipelineRefused(
            _("A pipeline has at most %(most)s stages. Remove one first.") % {"most": MOST_STAGES}
        )
    open_stages = [stage for stage in stages if stage.kind == StageKind.OPEN]
    made = Stage(
        pipeline=pipeline, name=clean_name(name), probability=_chance(probability), position=0
    )
    made.save()
    closing = [stage for stage in stages if stage.kind != StageKind.OPEN]
    _number([*open_stages, made, *closing])
    made.refresh_from_db()
    return made


@transaction.atomic
def edit_stage(*, stage: Stage, name: str, probability: int, version: int | None = None) -> Stage:
    """Name and probability; Won stays 100, Lost 0. Raises StageGone, LostRace, PipelineRefused."""
    held = hold_stage(stage.pk)
    check_version(held, version=version)
    held.name = clean_name(name)
    if held.kind == StageKind.OPEN:
        held.probability = _chance(probability)
    held.version += 1
    held.save(update_fields=["name", "probability", "version"])
    return held


@transaction.atomic
def set_gate(*, stage: Stage, asked: Iterable[str], version: int | None = None) -> Stage:
    """What a deal needs to enter this stage; deals that are in it stay.

    Raises StageGone, LostRace, PipelineRefused.
    """
    held = hold_stage(stage.pk)
    check_version(held, version=version)
    wanted, known = set(asked), [name for name, _label in askable_of(held)]
    if unknown := wanted - set(known):
        raise PipelineRefused(
            _("%(stage)s cannot ask for %(fields)s.")
            % {"stage": held.name, "fields": ", ".join(sorted(unknown))}
        )
    held.asked = [name for name in known if name in wanted]
    held.version += 1
    held.save(update_fields=["asked", "version"])
    return held


@transaction.atomic
def shift_stage(*, stage: Stage, by_places: int) -> None:
    """Earlier (-1) or later (+1) among the open stages; at the end nothing happens."""
    held = hold_stage(stage.pk)
    stages = _stages(held.pipeline)
    order = [one for one in stages if one.kind == StageKind.OPEN]
    closing = [one for one in stages if one.kind != StageKind.OPEN]
    here = next((at for at, one in enumerate(order) if one.pk == held.pk), None)
    if here is None:
        raise PipelineRefused(_("Won and Lost stay at the end."))
    there = max(0, min(here + by_places, len(order) - 1))
    order.insert(there, order.pop(here))
    _number([*order, *closing])


@transaction.atomic
def remove_stage(*, stage: Stage, move_to: Stage, by: User | None, at: datetime) -> int:
    """Take an open stage out and move its deals to another; says how many moved.

    Raises PipelineRefused, StageGone.
    """
    for pk in sorted(
        {stage.pk, move_to.pk}
    ):  # one order for all, so that two cannot wait on each other
        hold_stage(pk)
    stage.refresh_from_db()
    move_to.refresh_from_db()
    if stage.kind != StageKind.OPEN or move_to.kind != StageKind.OPEN:
        raise PipelineRefused(_("Won and Lost stay, and deals move to an open stage."))
    if stage.pk == move_to.pk or stage.pipeline_id != move_to.pipeline_id:
        raise PipelineRefused(_("Choose another stage of this pipeline for the deals in it."))
    count = _move_all(stage, move_to=move_to, by=by, at=at)
    Stage.objects.filter(pk=stage.pk).update(deleted_at=at)
    return count


def _move_all(stage: Stage, *, move_to: Stage, by: User | None, at: datetime) -> int:
    """Set-based: deals in the trash go along, without a word about them."""
    deals = list(Deal.objects.select_for_update().filter(stage=stage))
    ids = [deal.pk for deal in deals]
    StageEntry.objects.filter(deal__in=ids, left_at=None).update(left_at=at)
    StageEntry.objects.bulk_create(
        StageEntry(deal=deal, stage=move_to, entered_at=at, by=by) for deal in deals
    )
    Deal.objects.filter(pk__in=ids).update(
        stage=move_to, stage_at=at, version=F("version") + 1, stage_version=F("version") + 1
    )
    living = [deal for deal in deals if deal.deleted_at is None]
    _tell(living, stage=stage, move_to=move_to, by=by, at=at)
    return len(living)


def _tell(
    deals: list[Deal], *, stage: Stage, move_to: Stage, by: User | None, at: datetime
) -> None:
    batch = new_key()
    record_changes(
        Change(
            object_type="deal",
            object_id=deal.pk,
            verb="edited",
            by=by,
            at=at,
            batch=batch,
            before={"stage": stage.pk},
            after={"stage": move_to.pk},
            cause="stage removed",
        )
        for deal in deals
    )
    publish_many(
        DealMoved(
            happened_at=at,
            actor_id=by.pk if by else None,
            from_stage=stage.name,
            to_stage=move_to.name,
            **about(deal),
        )
        for deal in deals
    )


def _stages(pipeline: Pipeline) -> list[Stage]:
    rows = Stage.objects.living().filter(pipeline=pipeline).order_by("position", "pk")
    return list(rows.select_for_update(no_key=True))


def _number(stages: list[Stage]) -> None:
    for place, stage in enumerate(stages):
        stage.position = place
    Stage.objects.bulk_update(stages, ["position"])


def _chance(probability: int) -> int:
    if not 0 <= probability <= 100:
        raise PipelineRefused(_("Enter a probability between 0 and 100 per cent."))
    return probability
