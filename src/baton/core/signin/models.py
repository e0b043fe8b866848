"""What a sign-in leaves behind."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from baton.core.access.models import User
from baton.core.keys import KeyedModel


class Session(KeyedModel, AbstractBaseSession):
    """Django's session, which also knows whose it is, on what device, and from where."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    agent = models.CharField(max_length=300, blank=True)  # what the browser calls itself
    ip = models.GenericIPAddressField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)  # moves every ten minutes at most
