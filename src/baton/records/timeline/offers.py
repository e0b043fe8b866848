"""What can be asked of a task in lists."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baton.core.access.queries import colleagues
from baton.core.offers import FieldKind, FilterField, Label

Choices = Callable[[], Iterable[tuple[str, Label]]]
Path = str | Callable[[], Combinable]
CHANGED = frozenset({"task.added", "task.done"})


def _is(condition: Q) -> Combinable:
    yes = When(condition, then=Value(value=True))
    return Case(yes, default=Value(value=False), output_field=BooleanField())


def is_done() -> Combinable:
    """Ticked off."""
    return _is(Q(done_at__isnull=False))


def is_late() -> Combinable:
    """Open, and its time has come."""
    return _is(Q(done_at=None, due_at__lt=timezone.now()))


_FIELDS: list[tuple[str, Label, FieldKind, Path, Choices | None]] = [
    ("title", _("Title"), FieldKind.TEXT, "title", None),
    ("owner", _("Owner"), FieldKind.RELATION, "owner", colleagues),
    ("due_at", _("Due"), FieldKind.DATE, "due_at", None),
    ("is_late", _("Late"), FieldKind.BOOLEAN, is_late, None),
    ("is_done", _("Done"), FieldKind.BOOLEAN, is_done, None),
    ("done_at", _("Done on"), FieldKind.DATE, "done_at", None),
    ("person", _("Person"), FieldKind.TEXT, "person__full_name", None),
    ("company", _("Company"), FieldKind.TEXT, "company__name", None),
    ("created_by", _("Written by"), FieldKind.RELATION, "created_by", colleagues),
    ("created_at", _("Written on"), FieldKind.DATE, "created_at", None),
]


def task_fields() -> Iterator[FilterField]:
    """In the order in which forms offer them."""
    for name, label, kind, path, choices in _FIELDS:
        yield FilterField(
            object_type="task",
            name=name,
            label=label,
            kind=kind,
            path=path,
            choices=choices,
            changed_by=CHANGED,
        )
