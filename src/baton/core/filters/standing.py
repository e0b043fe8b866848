"""Whether a filter that was read once could be read so again: modules and records go."""

from baton.core.filters.fields import find_field, key_of, labels_of
from baton.core.filters.nodes import Condition, Filter
from baton.core.filters.operators import WITH_DAY_COUNT, WITHOUT_VALUE
from baton.core.filters.values import Choices
from baton.core.offers import FieldKind

CHOSEN = frozenset({FieldKind.CHOICE, FieldKind.RELATION, FieldKind.SET})


class Standing:
    """As things are now; a field is asked for its choices once, however many filters name it."""

    def __init__(self) -> None:
        self._choices: dict[str, Choices] = {}

    def holds(self, chosen: Filter) -> bool:
        """That each of its fields is the one that is offered, and has the choices still."""
        return all(self._is_so(one) for one in chosen.conditions)

    def _is_so(self, one: Condition) -> bool:
        key, field = key_of(one.field), one.field
        if find_field(key) is not field:
            return False
        if field.kind not in CHOSEN or one.op in WITHOUT_VALUE or one.op in WITH_DAY_COUNT:
            return True
        if key not in self._choices:
            self._choices[key] = labels_of(field)
        choices = self._choices[key]
        return choices is None or all(str(value) in choices for value in one.values)
