"""Make people: one, or thousands with a handful of statements."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from baton.core.access.models import User
from baton.core.bulk import reserve_ids, row_maker
from baton.core.changes.actions import record_columns
from baton.core.columns import Column, Same, insert_columns, spread, usual
from baton.core.facts import publish_columns
from baton.core.fields.actions import begin_with, is_by_hand, obey_rules
from baton.core.keys import new_key
from baton.records.people.actions.drafting import Drafts, NewPerson, draft
from baton.records.people.actions.lists import refuse_taken
from baton.records.people.actions.refusals import EmailTaken, refuse_known_elsewhere
from baton.records.people.actions.shown import shown_columns
from baton.records.people.actions.tags import PEOPLE, link_tags
from baton.records.people.events import PersonCreated
from baton.records.people.models import (
    EmailAddress,
    Person,
    PersonExternalId,
    Phone,
    PostalAddress,
)
from baton.records.people.queries import people_by_emails
from baton.records.people.rules import MailAddress

PARTS = ("kind", "street", "postcode", "city", "region", "country")
_new_person = row_maker(Person)


class _Told(NamedTuple):
    """Who makes people, why, and what that is undone with."""

    by: User | None
    cause: str
    batch: UUID
    has_asked: bool = False  # in this transaction whose the addresses are

    @property
    def by_id(self) -> int | None:
        return self.by.pk if self.by else None


def create_person(*, by: User | None = None, cause: str = "", **new: Unpack[NewPerson]) -> Person:
    """A new person. Raises EmailTaken, NoName, BadAddress, TooLong or NotAccepted."""
    [person] = create_people(new=[new], by=by, cause=cause)
    return person


def find_or_create_person(
    *, by: User | None = None, cause: str = "", **new: Unpack[NewPerson]
) -> tuple[Person, bool]:
    """The living person with one of these addresses, else a new one; and whether they are new.

    Nothing of a known person is changed. Safe when two do so at once.
    """
    emails = list(new.get("emails", ()))
    known = next(iter(people_by_emails(emails).values()), None)
    if known:
        return known, False
    new["emails"] = emails
    try:
        return create_person(by=by, cause=cause, **new), True
    except EmailTaken as taken:
        return taken.person, False


def create_people(
    *,
    new: Sequence[NewPerson],
    by: User | None = None,
    cause: str = "",
    batch: UUID | None = None,
) -> list[Person]:
    """New people in this order, written set-based: all of them or, on a refusal, none."""
    if not new:
        return []
    drafts, columns = _created(new, _Told(by, cause, batch or new_key()))
    names = [*columns]
    rows = zip(*columns.values(), strict=True)
    people = [_new_person(**dict(zip(names, row, strict=True))) for row in rows]
    written_to = Person.objects.db
    for person, one in zip(people, drafts.new, strict=True):
        person._state.adding, person._state.db = False, written_to
        person._state.fields_cache |= {name: one.get(name) for name in ("company", "owner")}
    return people


def bring_in_people(*, new: Sequence[NewPerson], cause: str, batch: UUID) -> Sequence[int]:
    """The same for who wants their ids alone, and has asked in this transaction whose their
    addresses are: not one is made an object, and only the unique index refuses what is taken."""
    _drafts, columns = _created(new, _Told(None, cause, batch, has_asked=True))
    return columns["id"]


def _created(new: Sequence[NewPerson], told: _Told) -> tuple[Drafts, Mapping[str, Sequence[Any]]]:
    """What they were made of, and the columns of their table."""
    drafts = draft(new)
    custom = _begin(drafts, by=told.by, cause=told.cause)
    wanted = _each_once(drafts)
    if not told.has_asked:
        refuse_taken(wanted)
    try:
        with transaction.atomic():
            return drafts, _write(drafts, custom, told)
    except IntegrityError:
        # Two may meet one address at once: the unique index decides, the loser reads the winner.
        refuse_taken(wanted)
        refuse_known_elsewhere(PersonExternalId, (one.get("external_ids") for one in new))
        raise


def _begin(drafts: Drafts, *, by: User | None, cause: str) -> list[dict[str, Any]]:
    """What own fields begin with. Raises NotAccepted."""
    given = [one.get("custom") for one in drafts.new]
    said = _said(drafts, by=by) if is_by_hand(by, cause) else ()
    return begin_with("person", given, by=by, cause=cause, said=said)


def _said(drafts: Drafts, *, by: User | None) -> Iterator[dict[str, Any]]:
    """What roles may be kept from; who adds somebody owns them as a matter of course."""
    lists = zip(drafts.mails, drafts.phones, drafts.tags, drafts.addresses, strict=True)
    names = ("emails", "phones", "tags", "addresses")
    for one, some in zip(drafts.new, lists, strict=True):
        said = dict(zip(names, some, strict=True))
        yield {**one, **said, "owner": _other(one.get("owner"), by)}


def _other(owner: User | None, by: User | None) -> User | None:
    return None if owner == by else owner


def _each_once(drafts: Drafts) -> dict[str, MailAddress]:
    """The addresses of all, normalised. Raises EmailTaken for one that two of them bring."""
    owners: dict[str, int] = {}
    for place, mails in enumerate(drafts.mails):
        for mail in mails:
            if (first := owners.setdefault(mail.normalised, place)) != place:
                shown = drafts.values("full_name")[first]
                raise EmailTaken(address=mail.shown, person=_new_person(full_name=shown))
    return {mail.normalised: mail for mails in drafts.mails for mail in mails}


def _write(
    drafts: Drafts, custom: list[dict[str, Any]], told: _Told
) -> Mapping[str, Sequence[Any]]:
    columns = _columns(drafts, custom)
    ids = _write_people(drafts, columns)
    _write_lists(drafts, ids)
    link_tags(PEOPLE, {pk: tags for pk, tags in zip(ids, drafts.tags, strict=True) if tags})
    latest = max(one["at"] for one in drafts.new)
    obey_rules(Person, ids, object_type="person", at=latest, by=told.by, cause=told.cause)
    _tell(drafts, columns, ids, told)
    return {"id": ids, **{name: spread(one, len(ids)) for name, one in columns.items()}}


def _columns(drafts: Drafts, custom: list[dict[str, Any]]) -> dict[str, Column]:
    firms = [one.get("company") for one in drafts.new]
    owners = [one.get("owner") for one in drafts.new]
    return {
        **drafts.columns,
        **shown_columns([one.get("shown") or {} for one in drafts.new]),
        "key": [new_key() for _one in drafts.new],
        "created_at": Same(timezone.now()),
        "company_id": usual([one and one.id for one in firms]),
        "owner_id": usual([one and one.id for one in owners]),
        "custom": usual(custom),
    }


def _write_people(drafts: Drafts, columns: Mapping[str, Column]) -> Sequence[int]:
    """Their addresses come first: so the words by which somebody is found are written once, with
    the person, and not again with each address."""
    count = len(drafts.new)
    ids = reserve_ids(Person, count)
    _write_each(EmailAddress, ids, drafts.mails, _mails)
    insert_columns(Person, {"id": ids, **columns}, count=count)
    return ids


def _write_lists(drafts: Drafts, ids: Sequence[int]) -> None:
    _write_each(Phone, ids, drafts.phones, _numbers)
    _write_each(PostalAddress, ids, drafts.addresses, _places)
    called = [[*(one.get("external_ids") or {}).items()] for one in drafts.new]
    _write_each(PersonExternalId, ids, called, _names)


def _write_each(model: Any, ids: Sequence[int], lists: Sequence[Sequence[Any]], of: Any) -> None:
    """The rows of all people in one table; ``of`` says what stands in its columns."""
    rows = [row for some in lists for row in some]
    if rows:
        owners = [pk for pk, some in zip(ids, lists, strict=True) for _row in some]
        columns = {"person_id": owners, **of(rows)}
        if model in (EmailAddress, Phone):
            columns["is_primary"] = usual(
                [not place for some in lists for place in range(len(some))]
            )
        insert_columns(model, columns, count=len(rows))


def _mails(rows: Sequence[MailAddress]) -> dict[str, Column]:
    return {
        "address": [row.shown for row in rows],
        "normalised": [row.normalised for row in rows],
        "is_mixed": usual([row.is_mixed for row in rows]),
    }


def _numbers(rows: Sequence[Any]) -> dict[str, Column]:
    return {
        "number": [row.shown for row in rows],
        "e164": [row.e164 for row in rows],
        "country": usual([row.country for row in rows]),
    }


def _places(rows: Sequence[Mapping[str, str]]) -> dict[str, Column]:
    return {name: usual([row[name] for row in rows]) for name in PARTS}


def _names(rows: Sequence[tuple[str, str]]) -> dict[str, Column]:
    return {
        "source": usual([source for source, _name in rows]),
        "external_id": [name for _source, name in rows],
    }


def _tell(drafts: Drafts, columns: Mapping[str, Column], ids: Sequence[int], told: _Told) -> None:
    """History and facts."""
    at = usual([one["at"] for one in drafts.new])
    record_columns(
        {
            "object_type": Same("person"),
            "object_id": ids,
            "verb": Same("created"),
            "after": [{"full_name": name} for name in drafts.values("full_name")],
            "by_id": Same(told.by_id),
            "at": at,
            "cause": Same(told.cause),
            "batch": Same(told.batch),
        },
        count=len(ids),
    )
    publish_columns(
        PersonCreated,
        {
            "happened_at": at,
            "person_id": ids,
            "company_id": columns["company_id"],
            "actor_id": Same(told.by_id),
            "person_origin": columns["origin"],
            "channel": columns["channel"],
            "campaign": columns["campaign"],
        },
        count=len(ids),
    )
