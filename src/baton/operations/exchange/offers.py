"""What lists can be asked of imports: which of them made a record, and which changed it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from baton.core.changes.models import Change
from baton.core.offers import FieldKind, FilterField, Label
from baton.operations.exchange.models import Import
from baton.operations.exchange.permissions import VIEW_IMPORTS

# The lists of what imports bring, by object type; what has none has no figure that leads to it.
LISTS: Mapping[str, str] = {"person": "people", "company": "companies", "deal": "deals"}
NEW, CHANGED = "import_new", "import_changed"


def import_fields_of(object_type: str) -> list[FilterField]:
    """Two sets of imports for each record that a list shows."""
    if object_type not in LISTS:
        return []
    asked: tuple[tuple[str, Label, Callable[[str, Sequence[str]], Q]], ...] = (
        (NEW, _("New by import"), _made),
        (CHANGED, _("Changed by import"), _changed),
    )
    return [
        FilterField(
            object_type=object_type,
            name=name,
            label=label,
            kind=FieldKind.SET,
            choices=_imports,
            having=partial(having, object_type),
            changed_by=frozenset({f"{object_type}.created", f"{object_type}.changed"}),
            permission=VIEW_IMPORTS.name,
        )
        for name, label, having in asked
    ]


def _imports() -> Iterable[tuple[str, Label]]:
    """Those that ended, the latest first."""
    ended = Import.objects.exclude(finished_at=None).order_by("-pk")
    for key, recipe, at in ended.values_list("key", "recipe", "started_at"):
        day = formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
        yield str(key), f"{recipe}, {day}"


def _made(object_type: str, keys: Sequence[str]) -> Q:
    return Q(pk__in=_changes(object_type, keys, verb="created").values("object_id"))


def _changed(object_type: str, keys: Sequence[str]) -> Q:
    """Not those that the same import made: what it said of them further on is no change."""
    edited = _changes(object_type, keys, verb="edited")
    return Q(pk__in=edited.values("object_id")) & ~_made(object_type, keys)


def _changes(object_type: str, keys: Sequence[str], *, verb: str) -> QuerySet[Change]:
    """What these imports did, or all of them where none is named, and nobody took back."""
    asked = Import.objects.filter(key__in=keys) if keys else Import.objects.all()
    return Change.objects.filter(
        batch__in=asked.values("batch"), object_type=object_type, verb=verb, undone_at=None
    )
