"""What stages ask for, and what a deal lacks of it; fields that the company added among it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.fields.queries import fields_of
from baton.core.fields.rules import OWN, has_value
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.queries.people import has_decision_maker
from baton.sales.deals.rules import ASKABLE, Asked, StageKind, missing
from baton.sales.deals.words import FIELD_LABELS

Words = str | Promise


def gaps_of(deal: Deal, stage: Stage, *, given: Mapping[str, Any] | None = None) -> list[str]:
    """Which of the fields that the stage asks for the deal lacks, also with what is given."""
    said = dict(given or {})
    own = said.pop("custom", deal.custom)
    values = {name.value: getattr(deal, name) for name in Asked} | said
    asked = stage.asked
    if Asked.DECISION_MAKER in asked and not values[Asked.DECISION_MAKER]:
        values[Asked.DECISION_MAKER] = has_decision_maker(deal)
    if any(name.startswith(OWN) for name in asked):
        fields = [f"{OWN}{one.code}" for one in fields_of("deal")]
        asked = [name for name in asked if not name.startswith(OWN) or name in fields]
        values |= {name: True for name in fields if has_value(own, name.removeprefix(OWN))}
    return missing(asked, values)


def askable_of(stage: Stage) -> list[tuple[str, Words]]:
    """What a stage may ask for, with its label; the company's own fields last."""
    usual = [(name.value, FIELD_LABELS[name]) for name in ASKABLE[StageKind(stage.kind)]]
    return [*usual, *((f"{OWN}{one.code}", one.label) for one in fields_of("deal"))]


def gates_that_ask(object_type: str, code: str) -> list[str]:
    """In words the stages that ask deals for this own field."""
    if object_type != "deal":
        return []
    stages = Stage.objects.living().select_related("pipeline").exclude(asked=[])
    words = _("the stage “%(stage)s”")
    return [words % {"stage": one.name} for one in stages if f"{OWN}{code}" in one.asked]


def labels_of(names: Iterable[str]) -> list[str]:
    """What the fields that a stage asks for are called, in their order."""
    names = list(names)
    own = {}
    if any(name.startswith(OWN) for name in names):
        own = {f"{OWN}{one.code}": one.label for one in fields_of("deal")}
    return [str(FIELD_LABELS.get(name) or own.get(name, name)) for name in names]
