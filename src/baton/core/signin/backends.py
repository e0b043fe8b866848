from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.signin.actions import accept_code


class SecondStepBackend(BaseBackend):
    """Codes go the way of passwords, so axes counts the wrong ones among the wrong passwords."""

    def authenticate(  # type: ignore[override] # Django asks those whose names fit
        self, request: HttpRequest | None, username: str, code: str
    ) -> User | None:
        user = who_can_sign_in().filter(email__iexact=username).first()
        if user is None or not (accepted := accept_code(user=user, code=code, at=timezone.now())):
            return None
        user.accepted_by = accepted  # type: ignore[attr-defined] # the form tells of a used paper
        return user

    def get_user(self, user_id: Any) -> None:
        """No session is this one's: see PasswordBackend."""
