"""Who bought, as a key of ours or by a mail address."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from baton.core.access.models import User
from baton.core.api.problems import Problem
from baton.records.people.actions import create_person
from baton.records.people.models import Company, Person
from baton.records.people.permissions import EDIT_PEOPLE
from baton.records.people.queries import person_by_email
from baton.records.people.rules import usual_origin
from baton.records.purchases.api.schemas import BuyerIn
from baton.records.purchases.models import Order, Subscription
from baton.records.purchases.permissions import EDIT_PURCHASES
from baton.records.purchases.rules import BY_HAND


def buyer_of(sent: BuyerIn, *, user: User) -> dict[str, Any]:
    """Of those whom the user may sell to; 404 for others, 422 where nobody is named."""
    people = Person.objects.visible_to(user, EDIT_PURCHASES)
    companies = Company.objects.visible_to(user, EDIT_PURCHASES)
    company = get_object_or_404(companies, key=sent.company) if sent.company else None
    person = get_object_or_404(people, key=sent.person) if sent.person else None
    if person is None and sent.email:
        person = _by_email(sent, user=user)
    if person is None and company is None:
        raise Problem(422, "Say who bought: person, company or email.")
    return {"person": person, "company": company}


def _by_email(sent: BuyerIn, *, user: User) -> Person:
    """Somebody known, if the user reaches them; else somebody new, who is theirs."""
    known = person_by_email(sent.email)
    if known is not None:
        seen = Person.objects.visible_to(user, EDIT_PURCHASES)
        return get_object_or_404(seen, pk=known.pk)
    if not user.may(EDIT_PEOPLE):
        raise Problem(403, "This key may not add people: name a person whom it sees.")
    return create_person(
        at=timezone.now(),
        by=user,
        origin=usual_origin(user.role),
        full_name=sent.full_name,
        emails=[sent.email],
        owner=user,
    )


def refuse_foreign(
    kind: type[Order | Subscription], *, source: str, external_id: str, user: User
) -> None:
    """What another told of is theirs: who does not reach it has nothing to say of it."""
    if not external_id:
        return
    known = kind._base_manager.filter(source=source, external_id=external_id).first()
    if known is not None:
        get_object_or_404(kind.objects.visible_to(user, EDIT_PURCHASES), pk=known.pk)


def source_of(source: str, *, external_id: str) -> str:
    """What has a key elsewhere says where."""
    if external_id and not source.strip():
        raise Problem(422, "source: say whose key external_id is.")
    return source.strip() or BY_HAND
