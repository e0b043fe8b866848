"""An import is taken back: the pipelines and stages that it brought for its deals go with them."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from baton.core.changes.models import Change
from baton.sales.deals.actions.pipelines import PipelineRefused, trash_pipeline
from baton.sales.deals.actions.stages import remove_stage
from baton.sales.deals.models import Deal, Pipeline, Stage
from baton.sales.deals.rules import StageKind


@transaction.atomic(savepoint=False)
def clear_pipelines(source: str, batch: UUID, at: datetime) -> list[str]:
    """Pipelines and stages of pipelines that were here, where no other deal stands; says in
    sentences what stays, and why."""
    return [*_pipelines(source, batch, at), *_stages(batch, at)]


def _pipelines(source: str, batch: UUID, at: datetime) -> Iterator[str]:
    made = Change.objects.filter(batch=batch, object_type="deal", verb="created")
    theirs = Deal._base_manager.filter(pk__in=made.values("object_id"))
    brought = Pipeline.objects.filter(
        deleted_at=None,
        source=source,
        created_at__gte=made.aggregate(first=Min("at"))["first"] or at,
        pk__in=theirs.values("stage__pipeline"),
    ).exclude(source="")
    for pipeline in brought.select_for_update():
        try:
            trash_pipeline(pipeline=pipeline, at=at)
        except PipelineRefused:
            has_deals = Deal.objects.living().filter(stage__pipeline=pipeline).exists()
            words = (
                _("The pipeline “%(name)s” stays: other deals stand in it.")
                if has_deals
                else _("The pipeline “%(name)s” stays: it is the only one.")
            )
            yield words % {"name": pipeline.name}


def _stages(batch: UUID, at: datetime) -> Iterator[str]:
    """Deals in the trash move to the first stage that stays: they may be restored."""
    made = Stage.objects.living().filter(batch=batch, kind=StageKind.OPEN)
    standing = made.filter(pipeline__deleted_at=None).select_related("pipeline")
    for stage in standing.order_by("-position"):
        said = {"stage": stage.name, "pipeline": stage.pipeline.name}
        if Deal.objects.living().filter(stage=stage).exists():
            yield _("The stage “%(stage)s” of “%(pipeline)s” stays: deals stand in it.") % said
            continue
        others = Stage.objects.living().filter(pipeline=stage.pipeline, kind=StageKind.OPEN)
        other = others.exclude(pk=stage.pk).order_by("position").first()
        if other is None:
            words = _("The stage “%(stage)s” of “%(pipeline)s” stays: it is the only open one.")
            yield words % said
        else:
            remove_stage(stage=stage, move_to=other, by=None, at=at)
