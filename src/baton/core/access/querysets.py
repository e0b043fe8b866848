"""Who reaches which rows: what the records of all modules share."""

from typing import ClassVar, Self, TypeVar

from django.db.models import Model

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import LivingQuerySet

Row = TypeVar("Row", bound=Model)


class GuardedQuerySet(LivingQuerySet[Row]):
    """Of rows that not everybody reaches: each kind says in ``reached_by`` who does."""

    viewed_with: ClassVar[Permission]

    def visible_to(self, user: User, permission: Permission | None = None) -> Self:
        """Living ones that ``user`` reaches; to look at, unless another permission is named."""
        return self.living().reached_by(user, permission or self.viewed_with)

    def reached_by(self, user: User, permission: Permission) -> Self:
        """Those in the trash, too."""
        raise NotImplementedError


class CommonQuerySet(GuardedQuerySet[Row]):
    """Of rows without an owner: who may see one sees all."""

    def reached_by(self, user: User, permission: Permission) -> Self:
        """Those in the trash, too."""
        return self.all() if user.may(permission) else self.none()
