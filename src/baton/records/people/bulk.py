"""What is done to many people or companies at once."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.changes.queries import count_changed
from baton.core.editing.many import Edits, ManyEdit, edit_act, one_by_one
from baton.core.editing.slots import BulkAct, Doing
from baton.core.ui.formats import grouped
from baton.records.people import actions
from baton.records.people.forms import OwnerField
from baton.records.people.models import Company, Person
from baton.records.people.permissions import (
    DELETE_COMPANIES,
    DELETE_PEOPLE,
    EDIT_COMPANIES,
    EDIT_PEOPLE,
)
from baton.records.people.rules import split_tags
from baton.records.people.views.fields import COMPANY_FIELDS, PERSON_FIELDS
from baton.records.people.views.filling import edit_one_company
from baton.records.people.views.tagging import tag_line

ALONE = {"full_name", "name", "emails", "phones", "phone", "domains", "linkedin", "x", "website"}
APART = {"owner", "tags"}  # have acts of their own


def people_counted(count: int) -> str:
    """So many people, in words."""
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": grouped(count)}


def companies_counted(count: int) -> str:
    """So many companies, in words."""
    return ngettext("%(n)s company", "%(n)s companies", count) % {"n": grouped(count)}


def given(counted: str, owner: str) -> str:
    """Who looks after them from now on."""
    if not owner:
        return _("%(rows)s without an owner now.") % {"rows": counted}
    return _("%(rows)s given to %(owner)s.") % {"rows": counted, "owner": owner}


def deleted(counted: str, _chosen: str) -> str:
    """They lie in the trash."""
    return _("%(rows)s deleted.") % {"rows": counted}


def _reached(kind: type[Person | Company], permission: Any) -> Callable[[User], QuerySet[Any]]:
    return lambda user: kind.objects.visible_to(user, permission)


def _assign_people(ids: Collection[int], owner: User | None, doing: Doing) -> int:
    kept = actions.give_people(
        people_ids=ids, owner=owner, by=doing.by, at=doing.at, batch=doing.batch
    )
    return len(ids) - kept


def _assign_companies(ids: Collection[int], owner: User | None, doing: Doing) -> int:
    kept = actions.give_companies(
        company_ids=ids, owner=owner, by=doing.by, at=doing.at, batch=doing.batch
    )
    return len(ids) - kept


def _delete_people(ids: Collection[int], _chosen: None, doing: Doing) -> int:
    actions.trash_people(people_ids=ids, by=doing.by, at=doing.at, batch=doing.batch)
    return len(ids)


def _delete_companies(ids: Collection[int], _chosen: None, doing: Doing) -> int:
    actions.trash_companies(company_ids=ids, by=doing.by, at=doing.at, batch=doing.batch)
    return len(ids)


def tagged(counted: str, tags: str) -> str:
    """They have it now."""
    return _("%(rows)s tagged: %(tags)s.") % {"rows": counted, "tags": tags}


def untagged(counted: str, tags: str) -> str:
    """They have it no more."""
    return _("%(rows)s without the tag now: %(tags)s.") % {"rows": counted, "tags": tags}


def _tags_of_people(act: Any) -> Callable[[Collection[int], str, Doing], int]:
    def turn(ids: Collection[int], typed: str, doing: Doing) -> int:
        act(people_ids=ids, names=split_tags(typed), **vars(doing))
        return count_changed(doing.batch, object_type="person", ids=ids)

    return turn


def _tags_of_companies(act: Any) -> Callable[[Collection[int], str, Doing], int]:
    def turn(ids: Collection[int], typed: str, doing: Doing) -> int:
        act(company_ids=ids, names=split_tags(typed), **vars(doing))
        return count_changed(doing.batch, object_type="company", ids=ids)

    return turn


def _edit_people(edits: Edits, doing: Doing) -> Sequence[object]:
    some = [actions.PersonEdit(person, values) for person, values in edits]
    return actions.edit_people(some, **vars(doing))


ASSIGN: dict[str, Any] = {
    "name": "owner",
    "label": gettext_lazy("Assign owner"),
    "icon": "user",
    "done": given,
    "control": lambda user: OwnerField(),
    "order": 10,
}
TAG: dict[str, Any] = {
    "name": "tag",
    "label": gettext_lazy("Tag"),
    "icon": "tag",
    "done": tagged,
    "control": tag_line(brings=True),
    "order": 20,
}
UNTAG: dict[str, Any] = {
    "name": "untag",
    "label": gettext_lazy("Untag"),
    "icon": "x",
    "done": untagged,
    "control": tag_line(brings=False),
    "order": 21,
}
DELETE: dict[str, Any] = {
    "name": "delete",
    "label": gettext_lazy("Delete"),
    "icon": "trash",
    "done": deleted,
    "is_danger": True,
    "order": 900,
}
PEOPLE = ManyEdit(
    object_type="person",
    model=Person,
    fields={name: one for name, one in PERSON_FIELDS.items() if name not in ALONE | APART},
    edit=_edit_people,
)
COMPANIES = ManyEdit(
    object_type="company",
    model=Company,
    fields={name: one for name, one in COMPANY_FIELDS.items() if name not in ALONE | APART},
    edit=one_by_one(edit_one_company),
)
ACTS = (
    edit_act(
        PEOPLE,
        on="people",
        permission=EDIT_PEOPLE,
        reach=_reached(Person, EDIT_PEOPLE),
        counted=people_counted,
    ),
    edit_act(
        COMPANIES,
        on="companies",
        permission=EDIT_COMPANIES,
        reach=_reached(Company, EDIT_COMPANIES),
        counted=companies_counted,
    ),
    BulkAct(
        on="people",
        permission=EDIT_PEOPLE,
        reach=_reached(Person, EDIT_PEOPLE),
        act=_assign_people,
        field="person.owner",
        counted=people_counted,
        **ASSIGN,
    ),
    *(
        BulkAct(
            on="people",
            permission=EDIT_PEOPLE,
            reach=_reached(Person, EDIT_PEOPLE),
            act=_tags_of_people(act),
            field="person.tags",
            counted=people_counted,
            **said,
        )
        for said, act in ((TAG, actions.tag_people), (UNTAG, actions.untag_people))
    ),
    *(
        BulkAct(
            on="companies",
            permission=EDIT_COMPANIES,
            reach=_reached(Company, EDIT_COMPANIES),
            act=_tags_of_companies(act),
            field="company.tags",
            counted=companies_counted,
            **said,
        )
        for said, act in ((TAG, actions.tag_companies), (UNTAG, actions.untag_companies))
    ),
    BulkAct(
        on="people",
        permission=DELETE_PEOPLE,
        reach=_reached(Person, DELETE_PEOPLE),
        act=_delete_people,
        counted=people_counted,
        **DELETE,
    ),
    BulkAct(
        on="companies",
        permission=EDIT_COMPANIES,
        reach=_reached(Company, EDIT_COMPANIES),
        act=_assign_companies,
        field="company.owner",
        counted=companies_counted,
        **ASSIGN,
    ),
    BulkAct(
        on="companies",
        permission=DELETE_COMPANIES,
        reach=_reached(Company, DELETE_COMPANIES),
        act=_delete_companies,
        counted=companies_counted,
        **DELETE,
    ),
)
