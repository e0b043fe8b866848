from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet, Subquery

from baton.core.access.models import User
from baton.core.access.slots import user_marks
from baton.core.prepared import Prepared
from baton.core.settings.models import Organisation


def _with_marks(user: Any) -> QuerySet[User]:
    company = Organisation.objects.filter(pk=1)
    marks = {mark.name: mark.expression() for mark in user_marks}
    users = User.objects.annotate(
        company_zone=Subquery(company.values("zone")),
        company_limits=Subquery(company.values("field_limits")),
        **marks,
    )
    return users.filter(pk=user, deleted_at=None)[:1]


_WITH_MARKS = Prepared(_with_marks)


class PasswordBackend(ModelBackend):
    """Django's own, but the signed-in user comes with what every page asks, in the same query:
    the company's zone, what roles are kept from, and the marks of other modules."""

    def get_user(self, user_id: Any) -> User | None:
        user = _WITH_MARKS.first(user=int(user_id))
        return user if user and self.user_can_authenticate(user) else None
