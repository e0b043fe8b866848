"""Who of many is here already, and how they are brought up to date."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.core.access.models import User
from baton.core.api.problems import Problem
from baton.core.limits import hidden
from baton.records.people import actions
from baton.records.people.actions.refusals import refuse_known_elsewhere
from baton.records.people.api.refused import BadRow
from baton.records.people.api.schemas import PersonFields, PersonIn
from baton.records.people.models import Person, PersonExternalId
from baton.records.people.permissions import EDIT_PEOPLE
from baton.records.people.queries import (
    emails_of,
    normalised,
    people_by_emails,
    people_by_external_ids,
    phones_of,
    tags_of,
)

Called = tuple[str, str]  # a system and its id, or "" and an address
ADDED = ("emails", "phones", "tags")  # what is sent comes to what is there, nothing goes
APART = {"company", "owner", "custom", *ADDED}


class Matching:
    """People by what the rows say of them; whom the key's user may not edit are not found: who
    brings their address or id is refused, as whoever types it in is."""

    def __init__(self, people: Sequence[PersonIn], by: str, *, user: User) -> None:
        if by == "email" and "emails" in hidden("person"):
            raise Problem(422, "match: you do not see the addresses of people.")
        self._by = by
        self._places: dict[int, int] = {}
        self._seen: dict[Called, int] = {}
        self._known: dict[Called, Person] = {}
        if by == "email":
            found = people_by_emails(mail for one in people for mail in one.emails)
            self._known = {("", mail): person for mail, person in found.items()}
        elif by:
            self._known = _called_so(people)
        ids = {person.pk for person in self._known.values()}
        if ids:  # held until all is written: what is added to a list is added to what is there then
            list(Person.objects.filter(pk__in=ids).order_by("pk").select_for_update().values("pk"))
        reached = Person.objects.visible_to(user, EDIT_PEOPLE).select_related("owner")
        theirs = {row.pk: row for row in reached.filter(pk__in=ids)} if ids else {}
        self._known = {
            name: theirs[person.pk] for name, person in self._known.items() if person.pk in theirs
        }
        self._lists = _lists_of([*theirs])
        self._ids: dict[int, set[Called]] = defaultdict(set)
        ids_of = PersonExternalId.objects.filter(person__in=theirs).order_by("pk")
        for pk, *name in ids_of.values_list("person_id", "source", "external_id") if by else ():
            self._ids[pk].add((name[0], name[1]))

    def who(self, one: PersonIn) -> Person | None:
        """Raises BadRow where the row names two, or one whom another row has brought."""
        found = {
            person.pk: person for name in self._names(one) if (person := self._known.get(name))
        }
        if len(found) > 1:
            raise BadRow(self._field, "these are two people here. Merge them, or name one.")
        person = next(iter(found.values()), None)
        if person and person.pk in self._places:
            raise BadRow(self._field, f"people[{self._places[person.pk]}] is the same person.")
        return person

    def refuse_twin(self, one: PersonIn) -> None:
        """Raises BadRow for a second row of one request about the same person."""
        for name in self._all_names(one):
            if name in self._seen:
                field = "external_ids" if name[0] else "emails"
                raise BadRow(field, f"people[{self._seen[name]}] has it.")

    def note(self, place: int, one: PersonIn, person: Person | None) -> None:
        """The row is good: it has these names in this request, and is about this one."""
        self._seen |= dict.fromkeys(self._all_names(one), place)
        if person:
            self._places[person.pk] = place

    def with_ours(self, one: PersonIn, person: Person) -> dict[str, list[str]]:
        """The lists to which the row adds something, ours first."""
        found: dict[str, list[str]] = {}
        for name in ADDED:
            ours = self._lists[person.pk][name]
            if more := [text for text in getattr(one, name) if text not in ours]:
                found[name] = [*ours, *more]
        return found

    @property
    def _field(self) -> str:
        return "emails" if self._by == "email" else "external_ids"

    def _names(self, one: PersonIn) -> Iterator[Called]:
        if self._by == "email":
            yield from (("", normal) for mail in one.emails if (normal := normalised(mail)))
        elif self._by:
            yield from one.external_ids.items()

    def new_ids(self, one: PersonIn, person: Person) -> dict[str, str]:
        """How other systems call this one, as nobody has said before."""
        theirs = self._ids[person.pk]
        return {way: name for way, name in one.external_ids.items() if (way, name) not in theirs}

    def _all_names(self, one: PersonIn) -> set[Called]:
        return {*self._names(one), *one.external_ids.items()}


def bring_up_to_date(
    person: Person,
    one: PersonIn,
    values: Mapping[str, Any],
    *,
    names: Mapping[str, str],
    by: User,
    at: datetime,
) -> Person:
    """Sets what was sent, and by these ids, source -> id, they are called from now on; all of it or
    nothing. Raises what an edit by hand raises, and ExternalIdTaken."""
    plain = one.dict(exclude_unset=True, include={*PersonFields.model_fields} - APART)
    said = {**plain, **values}
    is_said = all(getattr(person, name, None) == value for name, value in said.items())
    if is_said and not names:
        return person
    with transaction.atomic():
        refuse_known_elsewhere(PersonExternalId, [names])
        for source, name in names.items():
            actions.call_people(source=source, names={name: person})
        return actions.edit_person(person=person, values=said, version=None, by=by, at=at)


def _called_so(people: Sequence[PersonIn]) -> dict[Called, Person]:
    asked: dict[str, set[str]] = defaultdict(set)
    for one in people:
        for source, name in one.external_ids.items():
            asked[source].add(name)
    return {
        (source, name): person
        for source, names in asked.items()
        for name, person in people_by_external_ids(source, names).items()
    }


def _lists_of(ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    mails, phones, tags = emails_of(ids), phones_of(ids), tags_of(Person, ids)
    return {
        pk: {
            "emails": [row.address for row in mails[pk]],
            "phones": [row.number for row in phones[pk]],
            "tags": [*tags.get(pk, ())],
        }
        for pk in ids
    }
