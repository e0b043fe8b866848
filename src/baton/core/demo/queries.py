"""Is the demo here, whom did it bring, who may be one of them, and what goes with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.crypto import salted_hmac

from baton.core.access.models import Team, User
from baton.core.access.queries import who_can_sign_in
from baton.core.access.roles import Role
from baton.core.bulk import bites
from baton.core.demo.models import DemoRow
from baton.core.demo.slots import all_ground
from baton.core.prepared import Prepared

CAST = (User, Team)  # those are retired, not deleted with all that hangs on them
IN_CHARGE = {Role.OWNER, Role.ADMIN}


def demo_is_here() -> bool:
    return DemoRow.objects.exists()


def demo_logins() -> list[User]:
    """The demo's own accounts, by the order of its cast.

    One whose mail, role or password was changed since is left out: somebody may work with it.
    """
    return [user for user in _SEALED.rows() if seal_of(user) == user.noted]


def _sealed_logins() -> Any:
    noted = DemoRow.objects.filter(model=User._meta.label, object_id=OuterRef("pk"))
    sealed = who_can_sign_in().annotate(noted=Subquery(noted.exclude(seal="").values("seal")[:1]))
    return sealed.filter(noted__isnull=False).order_by("pk")


_SEALED: Prepared[Any] = Prepared(_sealed_logins)


def is_demo_login(user: Any) -> bool:
    """One of the demo's accounts, as the demo made it."""
    noted = DemoRow.objects.filter(model=User._meta.label, object_id=user.pk).exclude(seal="")
    return any(row.seal == seal_of(user) for row in noted)


def is_of_cast(user: User) -> bool:
    """One of the demo's accounts, as the demo made it."""
    noted = DemoRow.objects.filter(model=User._meta.label, object_id=user.pk).first()
    return noted is not None and noted.seal == seal_of(user)


def seal_of(user: User) -> str:
    return _sealed("\n".join([str(user.email), user.role, user.password]))


@lru_cache(maxsize=64)
def _sealed(marks: str) -> str:
    """The banner asks for all of the cast, on every page."""
    return salted_hmac("baton.demo", marks, algorithm="sha256").hexdigest()


def real_logins() -> QuerySet[User]:
    """Everybody who can sign in, and still can when the demo is gone."""
    return who_can_sign_in().exclude(pk__in=roots_by_model().get(User._meta.label, []))


def may_switch(user: User, *, behind: User | None, cast: Collection[User] | None = None) -> bool:
    """Who is in charge may always; the demo's cast where nobody but the demo works here.

    Elsewhere the marketer of the demo could become its owner, and read what real colleagues wrote.
    """
    if is_in_charge(behind or user):
        return demo_is_here()
    cast = demo_logins() if cast is None else cast
    return user in cast and not _OTHERS.rows(cast=[one.pk for one in cast])


_OTHERS = Prepared(lambda cast: who_can_sign_in().exclude(pk__in=cast).order_by()[:1])


def is_in_charge(user: User) -> bool:
    return user.can_sign_in() and user.role in IN_CHARGE


def roots_by_model() -> dict[str, list[int]]:
    """Ids of what the demo made, by the model's label."""
    roots: dict[str, list[int]] = {}
    for label, object_id in DemoRow.objects.values_list("model", "object_id"):
        roots.setdefault(label, []).append(object_id)
    return roots


def pointing_at(model: type[models.Model], ids: Collection[int]) -> Iterator[QuerySet[Any]]:
    """The rows that cannot stay without these."""
    for relation in _relations(model):
        if relation.on_delete is not models.SET_NULL:
            manager = relation.related_model._base_manager
            yield manager.filter(**{f"{relation.field.name}__in": ids})


def emptied_by(
    model: type[models.Model], ids: Collection[int]
) -> Iterator[tuple[QuerySet[Any], str]]:
    """The rows that stay without these, and which of their fields is empty then."""
    for relation in _relations(model):
        if relation.on_delete is models.SET_NULL:
            manager = relation.related_model._base_manager
            yield manager.filter(**{f"{relation.field.name}__in": ids}), relation.field.name


def _relations(model: type[models.Model]) -> Iterator[ForeignObjectRel]:
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            yield relation


def what_goes() -> dict[str, set[int]]:
    """Ids by label: what the demo made and all that hangs on it, whoever made that; no users.

    What only stands on its ground stays.
    """
    found: dict[str, set[int]] = defaultdict(set)
    ground = all_ground()
    for label, ids in roots_by_model().items():
        model = apps.get_model(label)
        if model in ground:
            found[label] |= set(ids)
        elif model not in CAST:
            _gather(model, ids, found=found)
    return dict(found)


def _gather(model: type[models.Model], ids: Iterable[int], *, found: dict[str, set[int]]) -> None:
    label = model._meta.label
    for some in bites(ids):
        there = model._base_manager.filter(pk__in=some).values_list("pk", flat=True)
        new = set(there) - found[label]
        found[label] |= new
        for hanging in pointing_at(model, new):
            _gather(hanging.model, hanging.values_list("pk", flat=True), found=found)
