"""How many stand in each of the sixteen grades of a model, of those whom the user sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from baton.core.access.models import User
from baton.core.filters.addresses import written
from baton.core.ui.asked import ASKED
from baton.qualification.scoring.models import ScoreModel, Standing
from baton.qualification.scoring.queries.books import live_models
from baton.qualification.scoring.rules.grading import DIGITS, GRADES, LETTERS
from baton.qualification.scoring.rules.models import About, State
from baton.qualification.scoring.slots import scored_kinds
from baton.records.people.models import Person


@dataclass(frozen=True)
class Cell:
    """``url`` opens the records behind the count."""

    grade: str
    count: int
    url: str


@dataclass(frozen=True)
class Row:
    letter: str
    cells: tuple[Cell, ...]


def matrix_of(model: ScoreModel, *, user: User) -> list[Row]:
    """A to D, each with 1 to 4."""
    counts = dict(_grades(model, user=user).annotate(n=Count("pk")).values_list("grade", "n"))
    return [
        Row(
            letter,
            tuple(
                Cell(letter + digit, counts.get(letter + digit, 0), _url(model, letter + digit))
                for digit in DIGITS
            ),
        )
        for letter in LETTERS
    ]


def _grades(model: ScoreModel, *, user: User) -> QuerySet[Any, Any]:
    if model.about == About.PERSON and model.is_main:
        return Person.objects.visible_to(user).order_by().values("grade")
    if model.about == About.PERSON:
        seen = Person.objects.visible_to(user)
        return Standing.objects.filter(model=model, person__in=seen).order_by().values("grade")
    kind = scored_kinds.find(model.about)
    assert kind is not None  # noqa: S101 -- a model is only made about kinds that are scored
    return kind.seen(user).order_by().values("grade")


def _url(model: ScoreModel, grade: str) -> str:
    """The list, asked for that grade."""
    kind = scored_kinds.find(model.about)
    page = reverse(kind.list_url if kind else "people:list")
    tree: dict[str, Any] = {"field": f"{model.about}.grade", "op": "is", "value": grade}
    if not model.is_main:
        many = [f"{model.key}.{grade}"]
        tree = {"field": f"{model.about}.standing", "op": "in", "value": many}
    return f"{page}?{urlencode({ASKED: written(tree)})}"


def standing_choices() -> list[tuple[str, str]]:
    """For the models beside the main one, as a filter asks for them."""
    beside = [model for model in live_models() if not model.is_main]
    return [
        (f"{model.key}.{grade}", f"{model.name} {grade}") for model in beside for grade in GRADES
    ]


def standing_at(values: Sequence[str]) -> Q:
    """People at any of these grades of such models; at none named, all who stand in one."""
    wanted = Q()
    for value in values:
        key, _dot, grade = value.partition(".")
        wanted |= Q(model__key=key, grade=grade)
    return Q(pk__in=Standing.objects.filter(wanted, model__state=State.LIVE).values("person"))
