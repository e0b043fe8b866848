"""Records without a database, for what lists them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from baton.core.ui.matching import is_called


class Rows(list[Any]):
    """As much of a queryset as the palette asks of one."""

    def called(self, text: str) -> "Rows":
        return Rows(row for row in self if is_called(row.name, text))

    def filter(self, *, key__in: Iterable[UUID]) -> "Rows":
        return Rows(row for row in self if row.key in key__in)
