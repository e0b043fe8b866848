from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Subquery

from baton.core.access.models import User
from baton.core.settings.models import Organisation


class PasswordBackend(ModelBackend):
    """Django's own, but the signed-in user comes with the company's zone, in the same query."""

    def get_user(self, user_id: Any) -> User | None:
        zone = Organisation.objects.filter(pk=1).values("zone")
        users = User.objects.annotate(company_zone=Subquery(zone))
        user = users.filter(pk=user_id, deleted_at=None).first()
        return user if user and self.user_can_authenticate(user) else None
