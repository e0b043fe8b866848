"""What can be asked of purchases and subscriptions."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from baton.core.access.queries import colleagues
from baton.core.offers import FieldKind, FilterField, Label
from baton.records.purchases.words import INTERVALS, STATES

T, N, D, C, R = (
    FieldKind.TEXT,
    FieldKind.NUMBER,
    FieldKind.DATE,
    FieldKind.CHOICE,
    FieldKind.RELATION,
)
Choices = Callable[[], Iterable[tuple[str, Label]]]
Ask = tuple[str, Label, FieldKind, str, Choices | None]


_BUYER: list[Ask] = [
    ("person", _("Person"), T, "person__full_name", None),
    ("company", _("Company"), T, "company__name", None),
    ("owner", _("Owner of the person"), R, "person__owner", colleagues),
    ("channel", _("Channel of the person"), T, "person__channel", None),
    ("source", _("From"), T, "source", None),
]
_ORDER: list[Ask] = [
    ("state", _("State"), C, "state", lambda: list(STATES.items())),
    ("placed_at", _("Bought"), D, "placed_at", None),
    ("amount", _("Amount"), N, "amount", None),
    ("currency", _("Currency"), T, "currency", None),
    ("net_amount", _("Revenue"), N, "net_amount", None),
    ("refunded", _("Refunded"), N, "refunded", None),
    ("title", _("What was bought"), T, "title", None),
    ("number", _("Order number"), T, "number", None),
    *_BUYER,
]
_SUBSCRIPTION: list[Ask] = [
    ("name", _("What is paid for"), T, "name", None),
    ("interval", _("Each"), C, "interval", lambda: list(INTERVALS.items())),
    ("amount", _("Amount"), N, "amount", None),
    ("currency", _("Currency"), T, "currency", None),
    ("started_at", _("Started"), D, "started_at", None),
    ("renews_at", _("Renews"), D, "renews_at", None),
    ("cancelled_at", _("Cancelled"), D, "cancelled_at", None),
    ("ended_at", _("Ends"), D, "ended_at", None),
    *_BUYER,
]


def purchase_fields() -> Iterator[FilterField]:
    """In the order in which forms offer them."""
    for object_type, asks in (("order", _ORDER), ("subscription", _SUBSCRIPTION)):
        for name, label, kind, path, choices in asks:
            yield FilterField(
                object_type=object_type,
                name=name,
                label=label,
                kind=kind,
                path=path,
                choices=choices,
            )
