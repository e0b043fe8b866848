"""What stands around screens only. Programs go past it: they bring a key with each call, and have
neither a session nor messages to read."""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from baton.config.refusals import API
from baton.core.signin import middleware as signin


class _PastPrograms(MiddlewareMixin):
    """Stands before the middleware that it leads programs past."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(API):
            return self.get_response(request)
        return super().__call__(request)


class Sessions(_PastPrograms, signin.Sessions):
    pass


class Users(_PastPrograms, AuthenticationMiddleware):
    pass


class Messages(_PastPrograms, MessageMiddleware):
    pass
