from collections.abc import Sequence
from typing import Any

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
    import_targets,
)
from baton.records.purchases.actions import create_product, edit_product
from baton.records.purchases.queries import products_by_names


def upsert_products(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """A product is its name: other spellings are the recipe's aliases."""
    known = products_by_names([row.key for row in rows])
    verdicts = []
    for row in rows:
        values: dict[str, Any] = {"name": row.key}
        values |= {name: row.values[name] for name in ("family", "code") if row.values.get(name)}
        if row.values.get("price") is not None:
            values |= {"price": row.values["price"], "currency": run.currency}
        shared: dict[str, Any] = {"by": None, "at": run.at, "cause": "import", "batch": run.batch}
        try:
            if row.key not in known:
                create_product(**values, **shared)
                verdicts.append(Verdict(ImportStatus.CREATED))
                continue
            product = known[row.key]
            after = edit_product(product=product, values=values, version=None, **shared)
            moved = after.version != product.version
            verdicts.append(Verdict(ImportStatus.UPDATED if moved else ImportStatus.UNCHANGED))
        except RuleViolation as no:
            verdicts.append(Verdict(ImportStatus.FAILED, "price", str(no)))
    return verdicts


TARGET = ImportTarget(
    object_type="product",
    label=_("Products"),
    order=20,
    fields=(
        ImportField(name="family", label=_("Family")),
        ImportField(name="code", label=_("Code")),
        ImportField(name="price", label=_("Price"), kind=ImportKind.NUMBER),
    ),
    upsert=upsert_products,
)
import_targets.add(TARGET)
