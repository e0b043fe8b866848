"""Pipelines that files bring: named as there, with the stages that deals of the files are in."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from baton.sales.deals.models import Pipeline, Stage
from baton.sales.deals.rules import StageKind
from baton.sales.deals.rules.foreign import NamedStage, kind_called, order_of

MIDDLE = 50  # per cent of a stage of which the source tells no probability


class ForeignStages:
    """The stages of the pipelines that the rows of one chunk name."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pipelines: dict[str, Pipeline] = {}
        self._stages: dict[tuple[int, str], Stage] = {}
        for pipeline in Pipeline.objects.filter(deleted_at=None).order_by("-position", "-pk"):
            self._pipelines[pipeline.name.casefold()] = pipeline
        for stage in Stage.objects.living().select_related("pipeline"):
            self._keep(stage)

    def _keep(self, stage: Stage) -> None:
        self._stages[stage.pipeline_id, stage.name.casefold()] = stage
        if stage.kind != StageKind.OPEN:
            self._stages[stage.pipeline_id, f"\0{stage.kind}"] = stage

    def find(self, pipeline: str, name: str) -> Stage | None:
        """As it is; a won or lost one by whatever name. None when it is not there."""
        found = self._pipelines.get(pipeline.casefold())
        kind = kind_called(name)
        if found is None:
            return None
        here = self._stages.get((found.pk, name.casefold()))
        return here or (self._stages.get((found.pk, f"\0{kind}")) if kind else None)

    def may_make(self, pipeline: str) -> bool:
        """Whether stages come with the file: of a new pipeline, or one that this source brought."""
        found = self._pipelines.get(pipeline.casefold())
        return found is None or found.source == self._source

    def names(self, pipeline: str) -> list[str]:
        """What its stages are called."""
        found = self._pipelines.get(pipeline.casefold())
        rows = [one for one in self._stages.values() if found and one.pipeline_id == found.pk]
        return list(dict.fromkeys(one.name for one in sorted(rows, key=lambda one: one.position)))

    @transaction.atomic(savepoint=False)
    def ensure(self, pipeline: str, name: str, known: Sequence[NamedStage]) -> Stage:
        """The stage, made where it is missing; ``known``: the source's usual ones, in order."""
        if here := self.find(pipeline, name):
            return here
        found = self._pipelines.get(pipeline.casefold())
        if found is None:
            found = self._pipelines[pipeline.casefold()] = self._make(pipeline)
            if here := self._named(found, name):
                return here
        usual: Mapping[str, int] = {one.name.casefold(): one.probability for one in known}
        stage = Stage.objects.create(
            pipeline=found,
            name=name[:80],
            probability=usual.get(name.casefold(), MIDDLE),
            position=0,
        )
        self._keep(stage)
        self._order(found, known)
        return stage

    def _make(self, name: str) -> Pipeline:
        highest = Pipeline.objects.aggregate(highest=Max("position"))["highest"]
        made = Pipeline.objects.create(
            name=name[:120], source=self._source, position=0 if highest is None else highest + 1
        )
        for kind, label, chance in (("won", "Won", 100), ("lost", "Lost", 0)):
            ending = Stage(pipeline=made, name=label, kind=kind, probability=chance, position=99)
            ending.save()
            self._keep(ending)
        return made

    def _named(self, pipeline: Pipeline, name: str) -> Stage | None:
        """The new pipeline's won or lost stage."""
        kind = kind_called(name)
        return self._stages[pipeline.pk, f"\0{kind}"] if kind else None

    def _order(self, pipeline: Pipeline, known: Sequence[NamedStage]) -> None:
        rows = list(Stage.objects.living().filter(pipeline=pipeline))
        rows.sort(key=lambda one: (order_of(one.name, one.kind, known), one.pk))
        for place, one in enumerate(rows):
            one.position = place
        Stage.objects.bulk_update(rows, ["position"])
