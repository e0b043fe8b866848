"""Products over the REST API: /api/v1/purchases/."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.trash import restored
from baton.records.purchases import actions
from baton.records.purchases.actions import PRODUCT
from baton.records.purchases.models import Product, ProductQuerySet
from baton.records.purchases.permissions import EDIT_PRODUCTS, VIEW_PRODUCTS

router = Router(tags=["products"])


class ProductOut(Schema):
    key: UUID
    version: int
    name: str
    family: str
    code: str
    price: Decimal | None
    currency: str
    is_sold: bool


class ProductFields(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=160)] = ""
    family: Annotated[str, Field(max_length=120)] = ""
    code: Annotated[str, Field(max_length=60)] = ""
    price: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    is_sold: bool = True


class ProductPatch(ProductFields):
    """Only the fields that are sent change; ``version`` is the one you read."""

    version: int


@router.get("/", response=Page[ProductOut], operation_id="list_products")
@needs(VIEW_PRODUCTS)
def products(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    return page_of(_seen(request), cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=ProductOut, operation_id="get_product")
@needs(VIEW_PRODUCTS)
def product(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request), key=key)


@router.post("/", response={201: ProductOut}, operation_id="create_product")
@needs(EDIT_PRODUCTS)
@idempotent(ProductOut)
def create_product(request: HttpRequest, sent: ProductFields) -> Any:
    values: dict[str, Any] = sent.dict()
    return Status(201, actions.create_product(**values, by=user_of(request), at=timezone.now()))


@router.patch("/{uuid:key}/", response=ProductOut, operation_id="edit_product")
@needs(EDIT_PRODUCTS)
def edit_product(request: HttpRequest, key: UUID, sent: ProductPatch) -> Any:
    """409 when somebody saved since you read ``version``."""
    return actions.edit_product(
        product=get_object_or_404(_seen(request, EDIT_PRODUCTS), key=key),
        values=sent.dict(exclude_unset=True, exclude={"version"}),
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_product")
@needs(EDIT_PRODUCTS)
def delete_product(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; deals keep their lines."""
    known = get_object_or_404(_seen(request, EDIT_PRODUCTS), key=key)
    actions.trash_products(product_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_product")
@needs(EDIT_PRODUCTS)
def restore_product(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, PRODUCT, key)


def _seen(request: HttpRequest, permission: Permission = VIEW_PRODUCTS) -> ProductQuerySet:
    return Product.objects.visible_to(user_of(request), permission)
