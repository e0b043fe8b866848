"""The stages as the company calls them."""

from baton.insight.journey.models import BuyerStage
from baton.insight.journey.rules import USUAL, Care, Code, Spot
from baton.insight.journey.words import NAMES, QUESTIONS


def spots() -> list[Spot]:
    """All of them in their order; what nobody changed is as usual."""
    said = {row.code: row for row in BuyerStage.objects.filter(deleted_at=None)}
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
