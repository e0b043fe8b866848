"""Many people in one request: what they name is looked up once, new ones are written together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.api.custom import custom_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.problems import Problem
from baton.core.errors import RuleViolation
from baton.records.people import actions
from baton.records.people.actions import NewPerson
from baton.records.people.actions.each import make_each
from baton.records.people.api.many_schemas import (
    PeopleIn,
    PeopleMade,
    PersonBrought,
    PersonRefused,
)
from baton.records.people.api.matching import Matching, bring_up_to_date
from baton.records.people.api.refused import BadRow, field_of
from baton.records.people.api.schemas import PersonIn
from baton.records.people.models import Company, Person
from baton.records.people.permissions import EDIT_PEOPLE
from baton.records.people.queries import possible_owners
from baton.records.people.rules import origins_open_to, usual_origin

router = Router()
PLAIN = {"origin", "owner", "company", "custom"}  # all else goes on as it was sent


@router.post("/", response={201: PeopleMade}, operation_id="create_people")
@needs(EDIT_PEOPLE)
@idempotent(PeopleMade)
def create_people(request: HttpRequest, sent: PeopleIn) -> Any:
    """Up to 1,000 people, all of them or, on a refusal, none; `partial` brings the good ones and
    tells of the others, `match` brings those up to date who are here already."""
    with transaction.atomic():
        return Status(201, _Many(sent, user_of(request), timezone.now()).bring())


@dataclass
class _Many:
    """One request, and what becomes of each place in it."""

    sent: PeopleIn
    user: User
    at: datetime
    brought: dict[int, PersonBrought] = field(default_factory=dict)
    refused: dict[int, PersonRefused] = field(default_factory=dict)

    def bring(self) -> PeopleMade:
        """Raises Problem or the refusal itself where all are wanted or none."""
        named = _Named(self.sent.people, user=self.user)
        matching = Matching(self.sent.people, self.sent.match, user=self.user)
        fresh: dict[int, NewPerson] = {}
        for place, one in enumerate(self.sent.people):
            try:
                matching.refuse_twin(one)
                if person := matching.who(one):
                    values = named.of_known(one, person) | matching.with_ours(one, person)
                    names = matching.new_ids(one, person)
                    saved = bring_up_to_date(
                        person, one, values, names=names, by=self.user, at=self.at
                    )
                    self._note(place, saved, is_new=False)
                else:
                    fresh[place] = named.of_new(one, at=self.at)
                matching.note(place, one, person)
            except (BadRow, RuleViolation) as no:
                self._refuse(place, no)
        self._make(fresh)
        return PeopleMade.model_construct(  # of our own values, which need no second look
            items=[one for _place, one in sorted(self.brought.items())],
            errors=[one for _place, one in sorted(self.refused.items())],
        )

    def _make(self, fresh: Mapping[int, NewPerson]) -> None:
        def make(new: Sequence[NewPerson]) -> list[Person]:
            return actions.create_people(new=new, by=self.user)

        rows = [*fresh.values()]
        made = make_each(rows, make) if self.sent.partial else make(rows)
        for place, got in zip(fresh, made, strict=True):
            if isinstance(got, RuleViolation):
                self._refuse(place, got)
            else:
                self._note(place, got, is_new=True)

    def _note(self, place: int, person: Person, *, is_new: bool) -> None:
        self.brought[place] = PersonBrought.model_construct(
            key=person.key, name=person.full_name, index=place, is_new=is_new
        )

    def _refuse(self, place: int, no: BadRow | RuleViolation) -> None:
        if not self.sent.partial:
            raise no.problem(place) if isinstance(no, BadRow) else no
        self.refused[place] = PersonRefused(index=place, field=field_of(no), message=str(no))


class _Named:
    """What the rows name, looked up in two questions, and their values."""

    def __init__(self, people: Sequence[PersonIn], *, user: User) -> None:
        self._user = user
        self._reaches_all = user.scope(EDIT_PEOPLE) is Scope.ALL
        firms = {one.company for one in people if one.company}
        reps = {one.owner for one in people if one.owner}
        rows = Company.objects.visible_to(user).filter(key__in=firms) if firms else ()
        self._companies: dict[UUID, Company] = {row.key: row for row in rows}
        users = possible_owners().filter(key__in=reps) if reps else ()
        self._owners: dict[UUID, User] = {row.key: row for row in users}

    def of_new(self, one: PersonIn, *, at: datetime) -> NewPerson:
        """Raises BadRow."""
        names = f"{one.full_name}{one.first_name}{one.last_name}".strip()
        if not (names or one.emails or one.phones or one.external_ids):
            raise BadRow("", _("Give a name, a mail address or a phone number."))
        owner = _known("owner", one.owner, self._owners) if self._reaches_all else self._user
        values: Any = one.dict(exclude=PLAIN) | {
            "at": at,
            "origin": self._origin(one),
            "company": _known("company", one.company, self._companies),
            "owner": owner,
            "custom": _custom(one, {}),
        }
        return values  # type: ignore[no-any-return]

    def of_known(self, one: PersonIn, person: Person) -> dict[str, Any]:
        """What was sent of records and own fields. Raises BadRow."""
        values: dict[str, Any] = {}
        if "company" in one.model_fields_set:
            values["company"] = _known("company", one.company, self._companies)
        if "owner" in one.model_fields_set:
            is_theirs = person.owner is not None and person.owner.key == one.owner
            values["owner"] = (
                person.owner if is_theirs else _known("owner", one.owner, self._owners)
            )
        if one.custom:
            values["custom"] = _custom(one, person.custom)
        return values

    def _origin(self, one: PersonIn) -> str:
        role = self._user.role
        origin, allowed = one.origin or usual_origin(role), origins_open_to(role)
        if origin not in allowed:
            raise BadRow("origin", f"with your role it is one of {', '.join(allowed)}.")
        return origin


def _custom(one: PersonIn, known: dict[str, Any]) -> dict[str, Any]:
    if not one.custom:
        return {}
    try:
        return custom_of(one.custom, object_type="person", known=known)
    except Problem as no:
        name, _mark, words = str(no).partition(": ")
        raise BadRow(name, words) from no


def _known(name: str, key: UUID | None, known: dict[UUID, Any]) -> Any:
    if key is None:
        return None
    if key not in known:
        raise BadRow(name, "there is none with this key for you.")
    return known[key]
