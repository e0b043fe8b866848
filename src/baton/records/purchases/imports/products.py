"""What is sold."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.offers import (
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
)
from baton.records.purchases.actions import create_product, edit_product
from baton.records.purchases.queries import products_by_names
from baton.records.purchases.rules import MOST, is_price, product_key


def upsert_products(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """A product is its name: other spellings are the recipe's aliases."""
    found = products_by_names([row.key for row in rows])
    known = {product_key(name): product for name, product in found.items()}
    verdicts = []
    for row in rows:
        values: dict[str, Any] = {"name": row.key}
        values |= {name: row.values[name] for name in ("family", "code") if row.values.get(name)}
        if row.values.get("price") is not None:
            values |= {"price": row.values["price"], "currency": run.currency}
        shared: dict[str, Any] = {"by": None, "at": run.at, "cause": "import", "batch": run.batch}
        try:
            key = product_key(row.key)
            if key not in known:
                known[key] = create_product(**values, **shared)
                verdicts.append(Verdict(ImportStatus.CREATED))
                continue
            product = known[key]
            after = edit_product(product=product, values=values, version=None, **shared)
            known[key] = after
            moved = after.version != product.version
            verdicts.append(Verdict(ImportStatus.UPDATED if moved else ImportStatus.UNCHANGED))
        except RuleViolation as no:
            verdicts.append(Verdict(ImportStatus.FAILED, "price", str(no)))
    return verdicts


class ProductsCheck:
    """A price that the company's books cannot hold."""

    def __init__(self, run: ImportRun) -> None:
        self._currency = run.currency.upper()

    def __call__(self, rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        words = gettext("Write the price as 0 or more, below %(most)s.") % {"most": f"{MOST:,}"}
        return {
            place: Verdict(ImportStatus.FAILED, "price", words)
            for place, row in enumerate(rows)
            if not is_price(row.values.get("price"), self._currency)
        }


def known_products(_source: str, names: Collection[str]) -> Collection[str]:
    """Those of these names that are sold here: a product is its name."""
    return products_by_names(names)


PRODUCTS = ImportTarget(
    object_type="product",
    label=_("Products"),
    order=20,
    fields=(
        ImportField(name="family", label=_("Family"), longest=120),
        ImportField(name="code", label=_("Code"), longest=60),
        ImportField(name="price", label=_("Price"), kind=ImportKind.NUMBER),
    ),
    upsert=upsert_products,
    check=ProductsCheck,
    known=known_products,
    alike=product_key,
    longest_key=160,
    is_repeated=True,
)
