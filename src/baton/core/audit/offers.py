"""What can be asked of a change in the list of all."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.audit import words
from baton.core.audit.permissions import VIEW_AUDIT
from baton.core.offers import FieldKind, FilterField, Label


def _users() -> Iterable[tuple[str, Label]]:
    users = User.objects.order_by("name", "pk").values_list("pk", "name")
    return [(str(pk), name) for pk, name in users]


def change_fields() -> Iterator[FilterField]:
    """In the order in which forms offer them."""
    ways = {"choices": lambda: words.WAYS.items()}
    verbs = {"choices": lambda: words.VERBS.items()}
    for name, label, kind, more in (
        ("by", _("Who"), FieldKind.RELATION, {"choices": _users}),
        ("object_type", _("Kind of record"), FieldKind.CHOICE, {"choices": words.kinds}),
        ("verb", _("What was done"), FieldKind.CHOICE, verbs),
        ("at", _("When"), FieldKind.DATE, {}),
        ("way", _("By which way"), FieldKind.CHOICE, ways),
        ("way_name", _("Name of the key, import or job"), FieldKind.TEXT, {}),
        ("ip", _("Address"), FieldKind.TEXT, {}),
        ("cause", _("Cause"), FieldKind.TEXT, {}),
    ):
        yield FilterField(
            object_type="change",
            name=name,
            label=label,
            kind=kind,
            permission=VIEW_AUDIT.name,
            **{"path": name, **more},  # type: ignore[arg-type] # each as its field takes it
        )
