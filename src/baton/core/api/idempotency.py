"""``Idempotency-Key`` on a POST: the second call gets the first answer and has no second effect."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.renderers import JSONRenderer
from ninja.responses import Status
from pydantic import BaseModel

from baton.core.access.doors import user_of
from baton.core.api.answers import answered
from baton.core.api.models import IdempotencyKey
from baton.core.api.problems import Problem
from baton.core.bulk import row_maker, write_fields
from baton.core.columns import Same, insert_columns
from baton.core.prepared import Prepared

Route = TypeVar("Route", bound=Callable[..., Any])
KEPT = timedelta(hours=48)
LONGEST = 200
_RENDERER = JSONRenderer()
_new_key = row_maker(IdempotencyKey)
_SEEN = Prepared(
    lambda user_id, key: IdempotencyKey.objects.filter(user=user_id, key=key).order_by("pk")[:1]
)


def idempotent(schema: type[BaseModel]) -> Callable[[Route], Route]:
    """For routes that create, and answer ``Status(201, row)`` with ``schema``. Below ``needs``.

    The key's row, the effect and the answer commit together; without the header nothing changes.
    Other body under the same key: 422. The first call still under way: 409.
    """

    def guard(route: Route) -> Route:
        @wraps(route)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            key = request.headers.get("Idempotency-Key", "")
            if not key:
                return route(request, *args, **kwargs)
            if len(key) > LONGEST:
                raise Problem(422, "The Idempotency-Key is longer than 200 characters.")
            return _once(request, key, lambda: route(request, *args, **kwargs), schema)

        return cast(Route, guarded)

    return guard


def _once(
    request: HttpRequest, key: str, call: Callable[[], Status[Any]], schema: type[BaseModel]
) -> HttpResponse:
    row = _new_key(user_id=user_of(request).pk, key=key, request_hash=_hash(request))
    with transaction.atomic():
        if not _is_first(row):
            return _again(row)
        answer = answered(call())  # it is written down here, before the door sees it
        row.status = answer.status_code
        row.body = _written(_made(schema, answer.value), request, status=answer.status_code)
        write_fields(row, "status", "body")
        return _kept(row)


def _is_first(row: IdempotencyKey) -> bool:
    """The unique index lets one call through; twins wait here and then read its answer."""
    asked = {name: Same(getattr(row, name)) for name in ("user_id", "key", "request_hash")}
    told = insert_columns(
        IdempotencyKey, {**asked, "created_at": Same(timezone.now())}, count=1, keeps_known=True
    )
    row.pk = next(iter(told), None)
    return row.pk is not None


def _made(schema: type[BaseModel], value: Any) -> BaseModel:
    """What a route has made of the schema itself is in order already."""
    if isinstance(value, schema):
        return value
    return schema.model_validate(value, from_attributes=True)


def _written(made: BaseModel, request: HttpRequest, *, status: int) -> str:
    """As every other answer is: the moment that is read later is the same, to the last digit."""
    written: str = _RENDERER.render(request, made.model_dump(), response_status=status)
    return written


def _kept(row: IdempotencyKey) -> HttpResponse:
    """Word for word, each time; past the schema, which would look in vain for the row's attributes
    in its own answer."""
    return HttpResponse(row.body, status=row.status, content_type="application/json")


def _again(twin: IdempotencyKey) -> HttpResponse:
    [seen] = _SEEN.rows(user_id=twin.user_id, key=twin.key)
    if seen.request_hash != twin.request_hash:
        raise Problem(422, "This Idempotency-Key was used for another request.")
    if seen.status is None:
        raise Problem(409, "The first call with this Idempotency-Key is still under way.")
    return _kept(seen)


def _hash(request: HttpRequest) -> str:
    call = json.dumps([request.method, request.path]).encode() + request.body
    return hashlib.sha256(call).hexdigest()
