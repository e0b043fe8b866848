from datetime import date
from typing import Any

from django.db.models import F, Q

from baton.core.access.models import User
from baton.core.limits import hidden
from baton.core.prepared import Fixed, Prepared
from baton.records.people.models import Company, Person
from baton.records.relations.models import Relation, RelationQuerySet
from baton.records.relations.rules import RelationKind, is_over

SHOWN = 40


def in_order(rows: RelationQuerySet) -> RelationQuerySet:
    """With their ends; what holds first, then the latest past."""
    latest = F("until").desc(nulls_first=True)
    return rows.select_related("person", "other", "company").order_by("is_past", latest, "-pk")


_OF_PERSON = Prepared(
    lambda person, user, most, is_whole: in_order(
        _whole(
            Relation.objects.filter(Q(person=person) | Q(other=person)), is_whole=is_whole
        ).visible_to(user)
    )[:most]
)
_OF_COMPANY = Prepared(
    lambda company, user, most, is_whole: in_order(
        _whole(Relation.objects.filter(company=company), is_whole=is_whole).visible_to(user)
    )[:most]
)


def relations_of_person(person: Person, *, user: User) -> list[Relation]:
    """Those that this user may see, either way round."""
    asked: dict[str, Any] = {"user": user, "most": Fixed(SHOWN), "is_whole": _sees_employers()}
    return _OF_PERSON.rows(person=person.pk, **asked)


def relations_of_company(company: Company, *, user: User) -> list[Relation]:
    """The same of a company."""
    asked: dict[str, Any] = {"user": user, "most": Fixed(SHOWN), "is_whole": _sees_employers()}
    return _OF_COMPANY.rows(company=company.pk, **asked)


def told(rows: RelationQuerySet) -> RelationQuerySet:
    """Where somebody works is no relation for those to whom that field is hidden."""
    return _whole(rows, is_whole=_sees_employers())


def told_title(relation: Relation) -> str:
    """Nor is a title, to whom titles are."""
    return "" if "job_title" in hidden("person") else relation.title


def _whole(rows: RelationQuerySet, *, is_whole: bool) -> RelationQuerySet:
    return rows if is_whole else rows.exclude(kind=RelationKind.WORKS_AT)


def _sees_employers() -> bool:
    return "company" not in hidden("person")


def ended(relation: Relation, *, on: date) -> bool:
    """Whether it is past on that day."""
    return is_over(is_past=relation.is_past, until=relation.until, on=on)
