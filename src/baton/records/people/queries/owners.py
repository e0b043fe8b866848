"""Who may own a record, and who does."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.limits import hidden
from baton.core.prepared import Prepared
from baton.records.people.models import (
    Person,
    PersonQuerySet,
)


def possible_owners(*, present: UUID | None = None) -> QuerySet[User]:
    """Colleagues to whom a record may be given, by name: those who can sign in.

    ``present``: the key of the one who owns it already, and may stay.
    """
    able = who_can_sign_in()
    return able | User.objects.filter(key=present) if present else able


def owners_named() -> list[User]:
    """The same with nothing but their names, to choose from."""
    return _ABLE.rows()


_ABLE = Prepared(lambda: possible_owners().only("key", "name"))


def known_owners() -> list[User]:
    """Whoever works here, by name: also those whom only an import knows."""
    return _OWNERS.rows()


def sought_owners() -> list[User]:
    """Whose people one may look for: theirs, and of who may not sign in any more and owns some;
    to whoever may see owners."""
    return _OWNERS.rows() if "owner" in hidden("person") else _SOUGHT.rows()


_OWNERS = Prepared(lambda: _named(Q(is_active=True)))
_SOUGHT = Prepared(lambda: _named(Q(is_active=True) | Exists(_owned_by())))


def _named(who: Combinable | Q) -> QuerySet[User]:
    return User.objects.filter(who, deleted_at=None).order_by("name", "pk").only("key", "name")


def _owned_by() -> PersonQuerySet:
    return Person.objects.living().filter(owner=OuterRef("pk")).order_by()
