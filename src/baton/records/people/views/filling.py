"""Fields of people and companies that forms of other modules fill."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.editing.filling import Fillable
from baton.core.editing.slots import Doing
from baton.records.people import actions
from baton.records.people.models import Company, Person
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE
from baton.records.people.views.fields import COMPANY_FIELDS, PERSON_FIELDS

OF_PERSON = ("job_title", "seniority", "buying_role", "language", "country", "said_source")
OF_COMPANY = ("industry", "employee_count", "city", "country", "website")


def _person(person_id: int, user: User) -> Person | None:
    seen = Person.objects.visible_to(user, EDIT_PEOPLE).living()
    return seen.filter(pk=person_id).first()


def _company(person_id: int, user: User) -> Company | None:
    seen = Company.objects.visible_to(user, EDIT_COMPANIES).living()
    return seen.filter(pk__in=Person.objects.filter(pk=person_id).values("company")).first()


def edit_one_person(person: Any, values: Any, doing: Doing) -> None:
    """By the usual action, as whoever fills it in."""
    told: dict[str, Any] = {"by": doing.by, "at": doing.at, "batch": doing.batch}
    actions.edit_person(person=person, values=values, version=person.version, **told)


def edit_one_company(company: Any, values: Any, doing: Doing) -> None:
    """By the usual action, as whoever fills it in."""
    told: dict[str, Any] = {"by": doing.by, "at": doing.at, "batch": doing.batch}
    actions.edit_company(company=company, values=values, version=company.version, **told)


FILLABLES = (
    Fillable(
        object_type="person",
        label=_("Person"),
        fields={name: PERSON_FIELDS[name] for name in OF_PERSON},
        of_person=_person,
        edit=edit_one_person,
    ),
    Fillable(
        object_type="company",
        label=_("Company"),
        fields={name: COMPANY_FIELDS[name] for name in OF_COMPANY},
        of_person=_company,
        edit=edit_one_company,
    ),
)
