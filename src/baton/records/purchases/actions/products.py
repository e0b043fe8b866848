"""The only place that writes products."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.records.people.rules import tidy
from baton.records.purchases.models import Product
from baton.records.purchases.permissions import EDIT_PRODUCTS
from baton.records.purchases.rules import is_price, product_key

FIELDS = frozenset({"name", "family", "code", "price", "currency", "is_sold"})
# Texts with a longest, as people know them; what names are compared by may be the longer one.
SHOWN = {"name": "Name", "sort_key": "Name", "family": "Family", "code": "Code"}
Ids = Collection[int]


class BadProduct(RuleViolation):
    """A name or a price that no product can have."""


class ProductTaken(RuleViolation):
    """Another living product has that name."""


@transaction.atomic
def create_product(
    *,
    name: str,
    by: User | None,
    at: datetime,
    family: str = "",
    code: str = "",
    price: Decimal | None = None,
    currency: str = "",
    is_sold: bool = True,
    cause: str = "",
    batch: UUID | None = None,
) -> Product:
    """A new product. Raises BadProduct and ProductTaken."""
    product = Product(is_sold=is_sold)
    _set(
        product,
        {"name": name, "family": family, "code": code, "price": price, "currency": currency},
    )
    product.version = 1
    _save(product)
    record_change(
        object_type="product",
        object_id=product.pk,
        verb="created",
        after={"name": product.name},
        by=by,
        at=at,
        cause=cause,
        batch=batch,
    )
    return product


@transaction.atomic
def edit_product(
    *,
    product: Product,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> Product:
    """Set the fields that differ. Raises LostRace, BadProduct and ProductTaken."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    before = {name: getattr(product, name) for name in values}
    changed = _set(product, values, version=version)
    if changed:
        _save(product)
        record_change(
            object_type="product",
            object_id=product.pk,
            verb="edited",
            before={name: before[name] for name in changed},
            after={name: getattr(product, name) for name in changed},
            by=by,
            at=at,
            cause=cause,
            batch=batch,
        )
    return product


@transaction.atomic
def trash_products(*, product_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Delete products, to be undone by the batch that is returned. Deals keep their lines."""
    moved = trash_rows(Product.objects.filter(pk__in=product_ids), at=at)
    return record_each(moved, object_type="product", verb="deleted", by=by, at=at)


def _set(product: Product, values: Mapping[str, Any], *, version: int | None = None) -> list[str]:
    """Give it the values that differ; returns their names. Saves nothing."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = {
        name: tidy(value) if isinstance(value, str) else value for name, value in values.items()
    }
    if "currency" in clean:
        clean["currency"] = clean["currency"].upper()
    changed = apply_edit(product, values=clean, version=version)
    product.sort_key = product_key(product.name)
    _refuse_nonsense(product)
    return changed


def _refuse_nonsense(product: Product) -> None:
    if not product.name:
        raise BadProduct(_("Give the product a name."))
    if not is_price(product.price, product.currency):
        raise BadProduct(_("Write the price as 0 or more, with a currency like EUR."))
    for name, shown in SHOWN.items():
        limit = getattr(Product._meta.get_field(name), "max_length", None)
        if limit and len(getattr(product, name)) > limit:
            words = _("%(field)s is longer than %(limit)d characters.")
            raise BadProduct(words % {"field": shown, "limit": limit})


def _save(product: Product) -> None:
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        words = _("There is a product called %(name)s already.")
        raise ProductTaken(words % {"name": product.name}) from error


def _write(product_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    product = Product.objects.select_for_update().get(pk=product_id)
    if _set(product, live_values(Product, values)):
        _save(product)


def _bring_back(product_ids: Ids) -> list[int]:
    """Those whose name another has by now stay in the trash."""
    taken = Product.objects.living().values("sort_key")
    gone = Product.objects.filter(pk__in=product_ids).exclude(sort_key__in=taken)
    return restore_rows(gone)


PRODUCT = Tracked(
    object_type="product",
    label="Product",
    read=partial(read_fields, Product),
    write=_write,
    trash=lambda ids, by, at: trash_rows(Product.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, by, at: _bring_back(ids),
    reach=lambda user, _verb: Product.objects.reached_by(user, EDIT_PRODUCTS),
)
