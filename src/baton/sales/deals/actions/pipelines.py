"""Pipelines."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.sales.deals.models import Deal, Pipeline, Stage
from baton.sales.deals.rules import StageKind

DEFAULT_STAGES: tuple[tuple[str, int, StageKind], ...] = (
    ("New", 10, StageKind.OPEN),
    ("Qualified", 25, StageKind.OPEN),
    ("Meeting", 40, StageKind.OPEN),
    ("Proposal", 60, StageKind.OPEN),
    ("Negotiation", 80, StageKind.OPEN),
    ("Won", 100, StageKind.WON),
    ("Lost", 0, StageKind.LOST),
)


class PipelineRefused(RuleViolation):
    """The pipeline would not work any more."""


@transaction.atomic
def ensure_default_pipeline() -> Pipeline:
    """The first living pipeline; “New business” with seven stages where there is none."""
    first = Pipeline.objects.filter(deleted_at=None).order_by("position", "pk").first()
    return first or create_pipeline(name="New business")


@transaction.atomic
def create_pipeline(*, name: str) -> Pipeline:
    """A pipeline with the usual stages, after the others. Raises PipelineRefused."""
    taken = Pipeline.objects.filter(deleted_at=None)
    if taken.filter(name__iexact=clean_name(name)).exists():
        raise PipelineRefused(_("There is a pipeline called “%(name)s” already.") % {"name": name})
    highest = taken.aggregate(highest=Max("position"))["highest"]
    pipeline = Pipeline.objects.create(
        name=clean_name(name), position=0 if highest is None else highest + 1
    )
    Stage.objects.bulk_create(
        Stage(pipeline=pipeline, name=label, probability=chance, kind=kind, position=place)
        for place, (label, chance, kind) in enumerate(DEFAULT_STAGES)
    )
    return pipeline


@transaction.atomic
def rename_pipeline(*, pipeline: Pipeline, name: str) -> Pipeline:
    """Raises PipelineRefused for an empty name."""
    pipeline.name = clean_name(name)
    pipeline.save(update_fields=["name"])
    return pipeline


@transaction.atomic
def trash_pipeline(*, pipeline: Pipeline, at: datetime) -> None:
    """Only an empty one, and never the only one. Raises PipelineRefused."""
    if Deal.objects.living().filter(stage__pipeline=pipeline).exists():
        raise PipelineRefused(_("This pipeline still has deals. Move or close them first."))
    if not Pipeline.objects.filter(deleted_at=None).exclude(pk=pipeline.pk).exists():
        raise PipelineRefused(_("This is the only pipeline. Deals need one."))
    Pipeline.objects.filter(pk=pipeline.pk).update(deleted_at=at)


def clean_name(name: str) -> str:
    """Without the blanks around it. Raises PipelineRefused for an empty one."""
    if not name.strip():
        raise PipelineRefused(_("Give it a name."))
    return name.strip()
