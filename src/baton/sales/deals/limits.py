"""The fields of deals that roles may be kept from."""

from collections.abc import Iterator

from baton.core.limits import BuiltIn
from baton.sales.deals.words import FIELD_LABELS

NAMES = (
    "name", "amount", "close_on", "owner", "next_step", "need", "decision_maker", "competitor",
    "objection",
)  # fmt: skip
_SEEN = {"name"}  # by which a deal is found
_ASKED = {"amount", "close_on", "next_step"}  # by the form of a new deal
_ALSO = {"amount": ("currency", "base_amount"), "next_step": ("next_step_on",)}


def built_in_fields() -> Iterator[BuiltIn]:
    """In the order in which a deal shows them."""
    for name in NAMES:
        yield BuiltIn(
            object_type="deal",
            name=name,
            label=FIELD_LABELS[name],
            also=_ALSO.get(name, ()),
            may_hide=name not in _SEEN,
            may_require=name in _ASKED,
        )
