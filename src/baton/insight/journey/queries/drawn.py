"""The stages as the company calls them."""

from baton.core.prepared import Prepared
from baton.insight.journey.models import BuyerStage
from baton.insight.journey.rules import USUAL, Care, Code, Spot
from baton.insight.journey.words import NAMES, QUESTIONS
from baton.records.material.slots import BuyerStage as Drawn

_SAID = Prepared(lambda: BuyerStage.objects.filter(deleted_at=None))


def spots() -> list[Spot]:
    """All of them in their order; what nobody changed is as usual."""
    said = {row.code: row for row in _SAID.rows()}
    return [_said(said[code]) if code in said else _usual(code) for code in Code]


def _said(row: BuyerStage) -> Spot:
    return Spot(
        code=Code(row.code),
        name=row.name,
        question=row.question,
        care=Care(row.care),
        stages=tuple(row.stages),
    )


def _usual(code: Code) -> Spot:
    care, stages = USUAL[code]
    return Spot(
        code=code,
        name=str(NAMES[code]),
        question=str(QUESTIONS[code]),
        care=care,
        stages=tuple(stage.value for stage in stages),
    )


def buyer_stages_drawn() -> list[Drawn]:
    """The same for material, whose module lies below."""
    return [Drawn(code=one.code.value, name=one.name, stages=one.stages) for one in spots()]
