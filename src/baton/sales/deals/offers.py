"""What deals offer to modules that they may not name: filters and triggers."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy

from baton.core.access.queries import colleagues
from baton.core.offers import (
    FieldKind,
    FilterField,
    Label,
    Trigger,
)
from baton.records.material.permissions import VIEW_MATERIAL
from baton.records.material.queries import material_choices
from baton.records.people.queries import BUYING_ROLES
from baton.records.people.rules.grades import GRADES
from baton.records.purchases.models import Product
from baton.records.purchases.permissions import VIEW_PRODUCTS
from baton.sales.deals import queries
from baton.sales.deals.events import DealLost, DealMoved, DealOpened, DealReopened, DealWon
from baton.sales.deals.models import DealLine, Stage
from baton.sales.deals.queries.material import with_material
from baton.sales.deals.words import (
    LOST_REASONS,
    STATES,
    WON_REASONS,
)

Choices = Callable[[], Iterable[tuple[str, Label]]]
Ask = tuple[str, Label, FieldKind, str | Callable[[], Combinable], Choices | None]

MOVES = frozenset({"deal.opened", "deal.moved", "deal.won", "deal.lost", "deal.reopened"})
SCORED = frozenset({"score.record_changed"})
EDITS = frozenset({"deal.opened", "deal.changed"})
PEOPLE = EDITS | {"deal.person_added", "deal.person_role", "deal.person_removed"}


def _states() -> Iterable[tuple[str, Label]]:
    return list(STATES.items())


def _stages() -> Iterable[tuple[str, Label]]:
    rows = Stage.objects.living().select_related("pipeline").order_by("pipeline", "position")
    return [(str(row.pk), f"{row.pipeline.name}: {row.name}") for row in rows]


def _products() -> Iterable[tuple[str, Label]]:
    rows = Product.objects.living().order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def _first_product() -> Combinable:
    lines = DealLine.objects.filter(deal=OuterRef("pk")).order_by("position", "pk")
    return Subquery(lines.values("product")[:1])


def _grades() -> Iterable[tuple[str, Label]]:
    return [(grade, grade) for grade in GRADES]


def _pipelines() -> Iterable[tuple[str, Label]]:
    rows = queries.pipelines()
    return [(str(row.pk), row.name) for row in rows]


def _reasons() -> Iterable[tuple[str, Label]]:
    return list(({**WON_REASONS, **LOST_REASONS}).items())


_FIELDS: list[tuple[frozenset[str], Ask]] = [
    (EDITS, ("name", gettext_lazy("Name"), FieldKind.TEXT, "name", None)),
    (MOVES, ("state", gettext_lazy("State"), FieldKind.CHOICE, "state", _states)),
    (MOVES, ("stage", gettext_lazy("Stage"), FieldKind.RELATION, "stage", _stages)),
    (EDITS, ("owner", gettext_lazy("Owner"), FieldKind.RELATION, "owner", colleagues)),
    (EDITS, ("amount", gettext_lazy("Amount"), FieldKind.NUMBER, "base_amount", None)),
    (EDITS, ("close_on", gettext_lazy("Closes on"), FieldKind.DATE, "close_on", None)),
    (EDITS, ("next_step", gettext_lazy("Next step"), FieldKind.TEXT, "next_step", None)),
    (EDITS, ("next_step_on", gettext_lazy("Step due"), FieldKind.DATE, "next_step_on", None)),
    (
        EDITS,
        ("product", gettext_lazy("First product"), FieldKind.RELATION, _first_product, _products),
    ),
    (SCORED, ("score", gettext_lazy("Score"), FieldKind.NUMBER, "score", None)),
    (SCORED, ("grade", gettext_lazy("Grade"), FieldKind.CHOICE, "grade", _grades)),
    (EDITS, ("company", gettext_lazy("Company"), FieldKind.TEXT, "company__name", None)),
    (EDITS, ("person", gettext_lazy("Person"), FieldKind.TEXT, "person__full_name", None)),
    (
        PEOPLE,
        ("people_count", gettext_lazy("People"), FieldKind.NUMBER, queries.people_count, None),
    ),
    (
        MOVES,
        ("pipeline", gettext_lazy("Pipeline"), FieldKind.RELATION, "stage__pipeline", _pipelines),
    ),
    (MOVES, ("stage_at", gettext_lazy("In this stage since"), FieldKind.DATE, "stage_at", None)),
    (MOVES, ("reason", gettext_lazy("Reason"), FieldKind.CHOICE, "reason", _reasons)),
    (MOVES, ("competitor", gettext_lazy("Competitor"), FieldKind.TEXT, "competitor", None)),
    (MOVES, ("opened_at", gettext_lazy("Opened"), FieldKind.DATE, "opened_at", None)),
    (MOVES, ("closed_at", gettext_lazy("Closed"), FieldKind.DATE, "closed_at", None)),
]


def deal_fields() -> Iterator[FilterField]:
    """What can be asked of a deal, in the order in which forms offer it."""
    for changed_by, (name, label, kind, path, choices) in _FIELDS:
        yield FilterField(
            object_type="deal",
            name=name,
            label=label,
            kind=kind,
            path=path,
            choices=choices,
            changed_by=changed_by,
            permission=VIEW_PRODUCTS.name if name == "product" else "",
        )
    yield FilterField(
        object_type="deal",
        name="roles",
        label=gettext_lazy("Part in buying"),
        kind=FieldKind.SET,
        choices=BUYING_ROLES.items,
        having=queries.with_roles,
        changed_by=PEOPLE,
    )
    yield FilterField(
        object_type="deal",
        name="material",
        label=gettext_lazy("Had material"),
        kind=FieldKind.SET,
        choices=material_choices,
        having=with_material,
        changed_by=frozenset({"material.sent"}),
        permission=VIEW_MATERIAL.name,
    )


def deal_triggers() -> list[Trigger]:
    """How the facts of deals are called where rules ask for them."""
    return [
        Trigger(label=gettext_lazy("A deal is opened"), fact=DealOpened),
        Trigger(label=gettext_lazy("A deal moves to another stage"), fact=DealMoved),
        Trigger(label=gettext_lazy("A deal is won"), fact=DealWon),
        Trigger(label=gettext_lazy("A deal is lost"), fact=DealLost),
        Trigger(label=gettext_lazy("A deal is opened again"), fact=DealReopened),
    ]
