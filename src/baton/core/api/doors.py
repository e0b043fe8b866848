"""Who knocks: a key in ``Authorization: Bearer``; each route names its permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from baton.core import whence
from baton.core.access.actions import user_of_key
from baton.core.access.middleware import read_as
from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.api.answers import answered
from baton.core.api.problems import Problem
from baton.core.api.texts import refuse_unwritable

Route = TypeVar("Route", bound=Callable[..., Any])


class KeyDoor(HttpBearer):
    """The user for whom the key speaks becomes ``request.user``."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = user_of_key(secret=token, at=timezone.now())
        if user is not None:
            request.user = user
            whence.narrow(whence.Way.KEY, name=user.key_name)
            read_as(request)
        return user


def needs(permission: Permission, *, reads_body: bool = True) -> Callable[[Route], Route]:
    """403 for a key whose user or scopes do not reach the permission, 422 for texts that no
    database holds. Stands below the route. ``reads_body=False``: what comes is a file, which the
    route receives itself. What it gives back is masked here, for all routes."""

    def guard(route: Route) -> Route:
        @wraps(route)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not request.user.may(permission):
                raise Problem(403, f"This key may not do “{permission.name}”.")
            if reads_body:
                refuse_unwritable(request)
            return answered(route(request, *args, **kwargs))

        guarded.permission = permission.name  # type: ignore[attr-defined] # a mark on the function
        return cast(Route, guarded)

    return guard
