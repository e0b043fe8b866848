"""Make people: one, or thousands with a handful of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import insert_rows, one_of, reserve_ids, row_maker
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.facts import publish_many
from baton.core.fields.actions import begin_with, obey_rules
from baton.core.keys import new_key
from baton.records.people.actions.lists import read_emails, read_phones, refuse_taken
from baton.records.people.actions.postal import clean_addresses
from baton.records.people.actions.profile import as_kept
from baton.records.people.actions.refusals import (
    EmailTaken,
    NoName,
    refuse_known_elsewhere,
    refuse_too_long,
)
from baton.records.people.actions.tags import PEOPLE, clean_tags, link_tags
from baton.records.people.events import PersonCreated
from baton.records.people.models import (
    Company,
    EmailAddress,
    Person,
    PersonExternalId,
    Phone,
    PostalAddress,
)
from baton.records.people.queries import people_by_emails
from baton.records.people.rules import MailAddress, Origin, ReadPhone, make_name, tidy

PROFILE = ("seniority", "buying_role", "linkedin", "x", "website")
SOURCE = ("channel", "campaign", "landing_page")
COLUMNS = ("job_title", *PROFILE, "language", "zone", "country", *SOURCE)

_new_person, _new_mail, _new_phone = row_maker(Person), row_maker(EmailAddress), row_maker(Phone)
_new_address, _new_id = row_maker(PostalAddress), row_maker(PersonExternalId)
_new_change = row_maker(Change)


class NewPerson(TypedDict, total=False):
    """All that may be known of somebody new; ``at`` is when they became known."""

    at: Required[datetime]
    origin: Required[str]  # rules.Origin
    full_name: str
    first_name: str
    last_name: str
    emails: Iterable[str]  # the primary one first
    phones: Iterable[str]
    tags: Iterable[str]
    company: Company | None
    owner: User | None
    job_title: str
    seniority: str
    buying_role: str
    linkedin: str
    x: str
    website: str
    addresses: Iterable[Mapping[str, Any]]
    language: str
    zone: str
    country: str
    channel: str
    campaign: str
    landing_page: str
    said_source: str
    external_ids: Mapping[str, str] | None  # source -> id
    custom: Mapping[str, Any] | None


@dataclass(frozen=True)
class _Draft:
    new: NewPerson
    person: Person
    mails: list[MailAddress]
    phones: list[ReadPhone]
    tags: list[str]
    addresses: list[dict[str, str]]


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
    drafts = [_draft(one) for one in new]
    _begin(drafts, by=by, cause=cause)
    wanted = _each_once(drafts)
    refuse_taken(wanted)
    try:
        with transaction.atomic():
            return _write(drafts, by=by, cause=cause, batch=batch or new_key())
    except IntegrityError:
        # Two may meet one address at once: the unique index decides, the loser reads the winner.
        refuse_taken(wanted)
        refuse_known_elsewhere(PersonExternalId, (one.get("external_ids") for one in new))
        raise


def _draft(new: NewPerson) -> _Draft:
    mails = read_emails(new.get("emails", ()))
    phones = read_phones(new.get("phones", ()), country=new.get("country", ""))
    made = make_name(
        first=new.get("first_name", ""),
        last=new.get("last_name", ""),
        full=new.get("full_name", ""),
        email=mails[0].shown if mails else "",
    )
    shown = made.full or _stand_in(new, phones)
    values: dict[str, Any] = {
        name: tidy(str(text)) for name in COLUMNS if (text := new.get(name, ""))
    }
    values |= as_kept(Person, values)
    values |= {"first_name": made.first, "last_name": made.last, "full_name": shown}
    values |= {"sort_key": made.sort_key or shown.casefold(), "origin": Origin(new["origin"]).value}
    if said := new.get("said_source", ""):
        values["said_source"] = tidy(said)[:250]
    refuse_too_long(Person, values)
    person = _new_person(**values, custom=dict(new.get("custom") or {}))
    _link(person, "company", new.get("company"))
    _link(person, "owner", new.get("owner"))
    tags, addresses = clean_tags(new.get("tags", ())), clean_addresses(new.get("addresses", ()))
    return _Draft(new, person, mails, phones, tags, addresses)


def _link(person: Person, name: str, to: Company | User | None) -> None:
    """A quarter of the time that Django takes to set both."""
    vars(person)[f"{name}_id"] = to.pk if to else None
    person._state.fields_cache[name] = to


def _begin(drafts: Sequence[_Draft], *, by: User | None, cause: str) -> None:
    """With what own fields begin with. Raises NotAccepted."""
    given = [draft.person.custom for draft in drafts]
    said = [_said(draft, by=by) for draft in drafts]
    custom = begin_with("person", given, by=by, cause=cause, said=said)
    for draft, values in zip(drafts, custom, strict=True):
        draft.person.custom = values


def _said(draft: _Draft, *, by: User | None) -> dict[str, Any]:
    """What roles may be kept from; who adds somebody owns them as a matter of course."""
    said = {**draft.new, "emails": draft.mails, "phones": draft.phones, "tags": draft.tags}
    return {**said, "addresses": draft.addresses, "owner": _other(draft.new.get("owner"), by)}


def _other(owner: User | None, by: User | None) -> User | None:
    return None if owner == by else owner


def _each_once(drafts: Sequence[_Draft]) -> dict[str, MailAddress]:
    """The addresses of all, normalised. Raises EmailTaken for one that two of them bring."""
    owners: dict[str, Person] = {}
    for draft in drafts:
        for mail in draft.mails:
            if owners.setdefault(mail.normalised, draft.person) is not draft.person:
                raise EmailTaken(address=mail.shown, person=owners[mail.normalised])
    return {mail.normalised: mail for draft in drafts for mail in draft.mails}


def _stand_in(new: NewPerson, phones: list[ReadPhone]) -> str:
    """What to call somebody of whom only a number, or another system's id, is known."""
    external = next(iter((new.get("external_ids") or {}).values()), "")
    shown = phones[0].shown if phones else external[:12]
    if not shown:
        raise NoName(_("Give a name, a mail address or a phone number."))
    return shown


def _write(drafts: list[_Draft], *, by: User | None, cause: str, batch: UUID) -> list[Person]:
    people = _write_people(drafts)
    insert_rows(Phone, _phones(drafts))
    insert_rows(
        PostalAddress,
        (
            _new_address(person_id=draft.person.pk, **one)
            for draft in drafts
            for one in draft.addresses
        ),
    )
    insert_rows(
        PersonExternalId,
        (
            _new_id(person_id=draft.person.pk, source=source, external_id=external_id)
            for draft in drafts
            for source, external_id in (draft.new.get("external_ids") or {}).items()
        ),
    )
    link_tags(PEOPLE, {draft.person.pk: draft.tags for draft in drafts if draft.tags})
    if drafts:
        rows = Person.objects.filter(pk__in=one_of(person.pk for person in people))
        latest = max(draft.new["at"] for draft in drafts)
        obey_rules(rows, object_type="person", at=latest, by=by, cause=cause)
    record_changes(_created(draft, by=by, cause=cause, batch=batch) for draft in drafts)
    publish_many(_told(draft, by=by) for draft in drafts)
    return people


def _write_people(drafts: list[_Draft]) -> list[Person]:
    """With their addresses. Of many those come first: so the words by which somebody is found are
    written once, with the person, and not again with each address."""
    rows = [draft.person for draft in drafts]
    if len(rows) == 1:
        insert_rows(Person, rows)
        insert_rows(EmailAddress, _emails(drafts))
        return rows
    for person, pk in zip(rows, reserve_ids(Person, len(rows)), strict=True):
        person.pk = pk
    insert_rows(EmailAddress, _emails(drafts))
    return insert_rows(Person, rows)


def _emails(drafts: list[_Draft]) -> Iterable[EmailAddress]:
    for draft in drafts:
        for place, mail in enumerate(draft.mails):
            yield _new_mail(
                person_id=draft.person.pk,
                address=mail.shown,
                normalised=mail.normalised,
                is_mixed=mail.is_mixed,
                is_primary=place == 0,
            )


def _phones(drafts: list[_Draft]) -> Iterable[Phone]:
    for draft in drafts:
        for place, phone in enumerate(draft.phones):
            yield _new_phone(
                person_id=draft.person.pk,
                number=phone.shown,
                e164=phone.e164,
                country=phone.country,
                is_primary=place == 0,
            )


def _created(draft: _Draft, *, by: User | None, cause: str, batch: UUID) -> Change:
    return _new_change(
        object_type="person",
        object_id=draft.person.pk,
        verb="created",
        after={"full_name": draft.person.full_name},
        by_id=by.pk if by else None,
        at=draft.new["at"],
        cause=cause,
        batch=batch,
    )


def _told(draft: _Draft, *, by: User | None) -> PersonCreated:
    return PersonCreated(
        happened_at=draft.new["at"],
        person_id=draft.person.pk,
        company_id=draft.person.company_id,
        actor_id=by.pk if by else None,
        person_origin=draft.person.origin,
        channel=draft.person.channel,
        campaign=draft.person.campaign,
    )
