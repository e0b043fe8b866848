"""Ticked people, or companies, become one: the one that was here first stays."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.editing.slots import BulkAct, Doing
from baton.records.duplicates.permissions import MERGE
from baton.records.people import actions as people
from baton.records.people.models import Company, Person
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE

FEWEST, MOST = 2, 50


def _people(count: int) -> str:
    return ngettext("%(n)d person", "%(n)d people", count) % {"n": count}


def _companies(count: int) -> str:
    return ngettext("%(n)d company", "%(n)d companies", count) % {"n": count}


def _reached(
    kind: type[Person | Company], permission: Permission
) -> Callable[[User], QuerySet[Any]]:
    return lambda user: kind.objects.visible_to(user, permission)


def _merging(
    kind: type[Person | Company], merge: Any
) -> Callable[[Collection[int], None, Doing], int]:
    def act(ids: Collection[int], _chosen: None, doing: Doing) -> int:
        kept, *merged = kind.objects.filter(pk__in=ids).order_by("created_at", "pk")
        merge(kept=kept, merged=merged, by=doing.by, at=doing.at, batch=doing.batch)
        return len(ids)

    return act


def _merged(counted: str, _chosen: str) -> str:
    return _("%(rows)s are one now; the one that was here first stays.") % {"rows": counted}


USUAL: dict[str, Any] = {
    "name": "merge",
    "label": gettext_lazy("Merge"),
    "icon": "merge",
    "permission": MERGE,
    "done": _merged,
    "fewest": FEWEST,
    "most": MOST,
    "order": 30,
}
ACTS = (
    BulkAct(
        on="people",
        reach=_reached(Person, EDIT_PEOPLE),
        act=_merging(Person, people.merge_people),
        counted=_people,
        **USUAL,
    ),
    BulkAct(
        on="companies",
        reach=_reached(Company, EDIT_COMPANIES),
        act=_merging(Company, people.merge_companies),
        counted=_companies,
        **USUAL,
    ),
)
