"""Lists in groups by who owns what."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.ui.grouping import Grouping, Words


def by_owner(
    *,
    field: str = "owner_id",
    label: Words = "",
    choices: Callable[[], Collection[int]] | None = None,
    edit: str = "",
) -> Grouping:
    """By the user whom a field of the row names, in the order of their names. With ``choices``, the
    ids of those who may own one, it is a board, too, whose cards are given on by ``edit``."""
    return Grouping(
        name="owner",
        label=label or _("Owner"),
        field=field,
        named=_called,
        empty=_("Nobody"),
        choices=choices,
        edit=edit,
        is_required=True,
    )


def _called(user_ids: Sequence[Any]) -> Mapping[Any, Words]:
    users = User.objects.filter(pk__in=user_ids).order_by("name", "pk")
    return dict(users.values_list("pk", "name"))
