"""What may be asked of an object."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.db.models.expressions import Combinable

from baton.core.offers.words import Label
from baton.core.slots import Slot


class FieldKind(StrEnum):
    """Decides which comparisons a filter offers."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    RELATION = "relation"
    SET = "set"  # of choices: a record has any number of them


@dataclass(frozen=True, kw_only=True)
class FilterField:
    """A thing to ask of an object: in lists, segments, routing, scoring, reports.

    ``path`` is an ORM look-up path from the object, or makes an expression. ``changed_by`` names
    the facts after which the answer may be another: what keeps memberships fresh listens to them.
    ``permission``: who is offered it in lists. A set needs ``having``: with any of these values.
    ``among`` is a wider question that an index answers at once: it is asked beside whether a text
    is one of these, or begins so, and whether something is true.
    """

    object_type: str  # "person", "deal" ...: a name, so that custom objects can come later
    name: str
    label: Label
    kind: FieldKind
    path: str | Callable[[], Combinable] = ""
    choices: Callable[[], Iterable[tuple[str, Label]]] | None = None
    having: Callable[[Sequence[str]], Q] | None = None
    among: Callable[[Sequence[str]], Q] | None = None
    changed_by: frozenset[str] = frozenset()
    permission: str = ""
    is_list: bool = False  # of choices, kept as JSON: it is what each of them is
    alike: Callable[[str], Sequence[str]] | None = None  # of a text: the words that mean the same


filter_fields: Slot[FilterField] = Slot(key=lambda offer: f"{offer.object_type}.{offer.name}")
