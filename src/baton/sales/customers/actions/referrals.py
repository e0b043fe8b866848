"""A customer names somebody: a lead with its source, and who introduced whom."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.records.people.actions import create_companies, create_people
from baton.records.people.models import Company, Person
from baton.records.people.queries import companies_by_names, people_by_emails
from baton.records.people.rules import Origin, tidy
from baton.records.relations.actions import Ends, RelationKnown, add_relation
from baton.records.relations.rules import RelationKind
from baton.sales.customers.actions.favours import close_favour
from baton.sales.customers.models import Favour
from baton.sales.customers.rules import FavourOutcome

CHANNEL = "referral"
CAUSE = "favour.answered"


class NamedThemselves(RuleViolation):
    """Somebody else is referred."""


@transaction.atomic
def refer_person(
    *,
    favour: Favour,
    name: str,
    email: str,
    company: str,
    by: User,
    at: datetime,
) -> tuple[Person, bool, UUID]:
    """Whom they named, whether they are new, and the batch that takes all of it back. Of somebody
    known nothing is changed. Raises AnsweredAlready, NamedThemselves, and as create_people does."""
    batch = new_key()
    known = next(iter(people_by_emails([email]).values()), None) if email else None
    if known is not None and known.pk == favour.person_id:
        raise NamedThemselves(_("That is the address of who was asked."))
    person = known or _new(favour, name, email, company, by=by, at=at, batch=batch)
    close_favour(
        favour=favour,
        outcome=FavourOutcome.REFERRED,
        referred=person,
        by=by,
        at=at,
        batch=batch,
    )
    ends = Ends(person=favour.person, kind=RelationKind.INTRODUCED, other=person)
    try:
        with transaction.atomic():
            add_relation(ends=ends, by=by, at=at, batch=batch)
    except RelationKnown:
        pass  # written down before
    return person, known is None, batch


def _new(
    favour: Favour,
    name: str,
    email: str,
    company: str,
    *,
    by: User,
    at: datetime,
    batch: UUID,
) -> Person:
    """They begin as a lead, as everybody does; whoever writes it down owns them."""
    [person] = create_people(
        new=[
            {
                "at": at,
                "origin": Origin.CUSTOMER,
                "channel": CHANNEL,
                "said_source": _("Referred by %(who)s") % {"who": favour.person},
                "full_name": name,
                "emails": [email] if email else [],
                "company": _company(company, by=by, at=at, batch=batch),
                "owner": by,
            }
        ],
        by=by,
        cause=CAUSE,
        batch=batch,
    )
    return person


def _company(typed: str, *, by: User, at: datetime, batch: UUID) -> Company | None:
    """The one of that name that they see, else a new one; None for no name."""
    name = tidy(typed)
    if not name:
        return None
    seen = Company.objects.visible_to(by)
    known = companies_by_names([name], among=seen).get(name.casefold())
    if known is not None:
        return known
    [made] = create_companies(
        new=[{"name": name, "at": at, "owner": by}], by=by, cause=CAUSE, batch=batch
    )
    return made
