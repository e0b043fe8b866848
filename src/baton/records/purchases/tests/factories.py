"""Products for tests of this module and of those above it."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from baton.records.purchases.actions import create_product
from baton.records.purchases.models import Product

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
_numbers = count(1)


def a_product(**over: Any) -> Product:
    """A new product without a price; ``over`` as create_product takes it."""
    usual: dict[str, Any] = {"name": f"Product {next(_numbers)}", "by": None, "at": AT}
    return create_product(**{**usual, **over})
