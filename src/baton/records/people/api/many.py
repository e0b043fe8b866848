"""Many new people in one request: what they name is looked up once, all are written together."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.api.custom import custom_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.problems import Problem
from baton.records.people import actions
from baton.records.people.actions import NewPerson
from baton.records.people.api.reading import user_of
from baton.records.people.api.schemas import PeopleIn, PeopleMade, PersonIn, Ref
from baton.records.people.models import Company
from baton.records.people.permissions import EDIT_PEOPLE
from baton.records.people.queries import possible_owners
from baton.records.people.rules import origins_open_to, usual_origin

router = Router()
PLAIN = {"origin", "owner", "company", "custom"}  # all else goes on as it was sent


@router.post("/", response={201: PeopleMade}, operation_id="create_people")
@needs(EDIT_PEOPLE)
@idempotent(PeopleMade)
def create_people(request: HttpRequest, sent: PeopleIn) -> Any:
    """Up to 1,000 new people, all of them or, on a refusal, none; answers their keys in order."""
    user, people = user_of(request), sent.people
    _refuse_twins(people)
    companies = _companies(people, user=user)
    owners = _owners(people) if user.scope(EDIT_PEOPLE) is Scope.ALL else None
    new: list[NewPerson] = []
    for place, one in enumerate(people):
        values: Any = one.dict(exclude=PLAIN) | {
            "at": timezone.now(),
            "origin": _origin(place, one, user=user),
            "company": _known(place, "company", one.company, companies),
            "owner": user if owners is None else _known(place, "owner", one.owner, owners),
            "custom": _custom(place, one),
        }
        new.append(values)
    made = actions.create_people(new=new, by=user)
    return Status(201, PeopleMade(items=[Ref(key=one.key, name=one.full_name) for one in made]))


def _origin(place: int, one: PersonIn, *, user: User) -> str:
    origin = one.origin or usual_origin(user.role)
    if origin not in origins_open_to(user.role):
        allowed = ", ".join(origins_open_to(user.role))
        raise Problem(422, f"people[{place}].origin: with your role it is one of {allowed}.")
    return origin


def _custom(place: int, one: PersonIn) -> dict[str, Any]:
    if not one.custom:
        return {}
    try:
        return custom_of(one.custom, object_type="person", known={})
    except Problem as no:
        raise Problem(422, f"people[{place}].{no}") from no


def _known(place: int, name: str, key: UUID | None, known: dict[UUID, Any]) -> Any:
    if key is None:
        return None
    if key not in known:
        raise Problem(422, f"people[{place}].{name}: there is none with this key for you.")
    return known[key]


def _companies(people: Sequence[PersonIn], *, user: User) -> dict[UUID, Company]:
    keys = {one.company for one in people if one.company}
    rows = Company.objects.visible_to(user).filter(key__in=keys) if keys else ()
    return {row.key: row for row in rows}


def _owners(people: Sequence[PersonIn]) -> dict[UUID, User]:
    keys = {one.owner for one in people if one.owner}
    return {row.key: row for row in (possible_owners().filter(key__in=keys) if keys else ())}


def _refuse_twins(people: Iterable[PersonIn]) -> None:
    """Two of one request that another system calls alike; addresses are looked at by the action."""
    seen: dict[tuple[str, str], int] = {}
    for place, one in enumerate(people):
        names = f"{one.full_name}{one.first_name}{one.last_name}".strip()
        if not (names or one.emails or one.phones or one.external_ids):
            words = _("Give a name, a mail address or a phone number.")
            raise Problem(422, f"people[{place}]: {words}")
        for called in one.external_ids.items():
            if seen.setdefault(called, place) != place:
                raise Problem(422, f"people[{place}].external_ids: people[{seen[called]}] has it.")
