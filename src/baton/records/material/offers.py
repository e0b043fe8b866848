"""What lists can ask of material, and of who was sent it."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from baton.core.access.queries import colleagues
from baton.core.offers import FieldKind, FilterField, Label
from baton.records.material.permissions import VIEW_MATERIAL
from baton.records.material.queries import material_choices, people_sent, stage_names
from baton.records.purchases.models import Product


def _products() -> Iterable[tuple[str, Label]]:
    rows = Product.objects.living().order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


Choices = Callable[[], Iterable[tuple[str, Label]]]
_FIELDS: tuple[tuple[str, Label, FieldKind, str, Choices | None], ...] = (
    ("title", _("Title"), FieldKind.TEXT, "title", None),
    (
        "stage",
        _("Stage of the buyer"),
        FieldKind.CHOICE,
        "stage",
        lambda: list(stage_names().items()),
    ),
    ("objection", _("Objection"), FieldKind.TEXT, "objection", None),
    ("competitor", _("Competitor"), FieldKind.TEXT, "competitor", None),
    ("product", _("Product"), FieldKind.RELATION, "product", _products),
    ("language", _("Language"), FieldKind.TEXT, "language", None),
    ("owner", _("Owner"), FieldKind.RELATION, "owner", colleagues),
    ("valid_until", _("Right until"), FieldKind.DATE, "valid_until", None),
    ("is_retired", _("Retired"), FieldKind.BOOLEAN, "is_retired", None),
)


def material_fields() -> Iterator[FilterField]:
    for name, label, kind, path, choices in _FIELDS:
        yield FilterField(
            object_type="material", name=name, label=label, kind=kind, path=path, choices=choices
        )
    yield FilterField(
        object_type="person",
        name="material",
        label=_("Was sent material"),
        kind=FieldKind.SET,
        choices=material_choices,
        having=people_sent,
        changed_by=frozenset({"material.sent"}),
        permission=VIEW_MATERIAL.name,
    )
