"""Each view names its permission; a test fails for one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from baton.core.access.models import User
from baton.core.access.permissions import Permission, registered

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SIGNED_IN = "signed in"  # open to every user: home, own profile, sign-out


def requires(permission: Permission | str) -> Callable[[View], View]:
    """Only users whose role reaches something with the permission; others get 403."""
    name = permission.name if isinstance(permission, Permission) else permission

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.may(registered[name]):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = name  # type: ignore[attr-defined] # a mark on the function itself
        return cast(View, guarded)

    return guard


def signed_in(view: View) -> View:
    """Any user, whatever the role."""
    view.permission = SIGNED_IN  # type: ignore[attr-defined] # a mark on the function itself
    return view


def user_of(request: HttpRequest) -> User:
    """The colleague at the screen, or for whom a key speaks: past a door it is nobody else."""
    return cast(User, request.user)


def public(view: View) -> View:
    """Anybody on the internet."""
    view.permission = ""  # type: ignore[attr-defined] # a mark on the function itself
    return view


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission's name, "" for public, None where the view says nothing."""
    marked: str | None = getattr(view, "permission", None)
    return marked
