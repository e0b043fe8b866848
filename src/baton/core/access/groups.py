"""Lists in groups by who owns what."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.prepared import Prepared
from baton.core.ui.grouping import Grouping, Words, each_as_text


def by_owner(
    *,
    field: str = "owner_id",
    label: Words = "",
    choices: Callable[[], Collection[int]] | None = None,
    among: Callable[[User], Collection[int]] | None = None,
    edit: str = "",
    typed: Callable[[Collection[Any]], Mapping[Any, str]] = each_as_text,
    is_required: bool = True,
) -> Grouping:
    """By the user whom a field of the row names, in the order of their names. With ``choices``, the
    ids of those who may own one, it is a board, too, whose cards are given on by ``edit``, to those
    ``among`` them whom a user may give to; where that field's control has something else than ids,
    ``typed`` gives it."""
    return Grouping(
        name="owner",
        label=label or _("Owner"),
        field=field,
        named=_called,
        empty=_("Nobody"),
        choices=choices,
        among=among,
        edit=edit,
        typed=typed,
        is_required=is_required,
        is_by_name=True,
    )


def by_any_owner(*, is_required: bool = False) -> Grouping:
    """The same of what each colleague may own, and be given by the key of their user."""
    return by_owner(choices=_ABLE.rows, edit="owner", typed=_keys, is_required=is_required)


_ABLE: Prepared[int] = Prepared(lambda: who_can_sign_in().values_list("pk", flat=True))


def _keys(user_ids: Collection[int]) -> Mapping[int, str]:
    users = User.objects.filter(pk__in=user_ids)
    return {pk: str(key) for pk, key in users.values_list("pk", "key")}


def _called(user_ids: Sequence[Any]) -> Mapping[Any, Words]:
    users = User.objects.filter(pk__in=user_ids).order_by("name", "pk")
    return dict(users.values_list("pk", "name"))
