from django.db.models import F, Q

from baton.core.access.models import User
from baton.core.limits import hidden, present
from baton.core.prepared import Fixed, Prepared
from baton.records.people.models import Company, Person
from baton.records.relations.models import Relation, RelationQuerySet

SHOWN = 40


def in_order(rows: RelationQuerySet) -> RelationQuerySet:
    """With their ends; what holds first, then the latest past."""
    latest = F("until").desc(nulls_first=True)
    return rows.select_related("person", "other", "company").order_by("is_past", latest, "-pk")


_OF_PERSON = Prepared(
    lambda person, user, most: in_order(
        Relation.objects.filter(Q(person=person) | Q(other=person)).visible_to(user)
    )[:most]
)
_OF_COMPANY = Prepared(
    lambda company, user, most: in_order(Relation.objects.filter(company=company).visible_to(user))[
        :most
    ]
)


def relations_of_person(person: Person, *, user: User) -> list[Relation]:
    """Those that this user may see, either way round."""
    return _OF_PERSON.rows(person=person.pk, user=user, most=Fixed(SHOWN))


def relations_of_company(company: Company, *, user: User) -> list[Relation]:
    """The same of a company."""
    return _OF_COMPANY.rows(company=company.pk, user=user, most=Fixed(SHOWN))


def told_title(relation: Relation) -> str:
    """Empty to whom titles are hidden."""
    return "" if "job_title" in hidden("person") else relation.title


def writes_titles() -> bool:
    """A title here is a job title: of whom that is kept, this is, too."""
    return "job_title" not in present("person").unwritten
