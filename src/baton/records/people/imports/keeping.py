"""A file brings addresses, numbers or a domain; what a known record has besides it keeps."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from baton.core.changes.rules import conflict
from baton.core.offers import Conflict, ImportRow, ImportStatus, Verdict
from baton.records.people.actions.postal import read_addresses
from baton.records.people.imports.several import MAILS, PHONES, mails_of, numbers_of
from baton.records.people.models import Company, EmailAddress, Person, Phone
from baton.records.people.queries import domains_of, emails_of, normalised, phones_of, tags_of
from baton.records.people.rules import AddressKind, read_domain, read_phone, split_tags

PLACE = ("street", "postcode", "city", "region")


class Kept:
    """What the known records of one chunk have now, looked up in a query a kind."""

    def __init__(
        self,
        rows: Sequence[ImportRow],
        *,
        people: Iterable[Person] = (),
        companies: Iterable[Company] = (),
    ) -> None:
        ids = [person.pk for person in people]
        self.emails = emails_of(ids) if any(_any(rows, name) for name in MAILS) else {}
        self.phones = phones_of(ids) if any(_any(rows, name) for name in PHONES) else {}
        self.addresses = read_addresses(ids) if any(map(_says_where, rows)) else {}
        self.tags = tags_of(Person, ids) if _any(rows, "tags") else {}
        its = [company.pk for company in companies]
        self.domains = domains_of(its) if _any(rows, "domain") else {}
        self.company_tags = tags_of(Company, its) if _any(rows, "tags") else {}

    def lists_with(self, row: ImportRow, person: Person) -> dict[str, Any]:
        """Addresses and numbers: the file's first, which makes it the primary one."""
        found: dict[str, Any] = {}
        pk = person.pk
        if mails := mails_of(row):
            found["emails"] = [*mails, *_other_mails(mails, self.emails.get(pk, []))]
        if texts := numbers_of(row):
            country = row.values.get("country") or person.country
            others = self.phones.get(pk, [])
            for number in texts:
                others = [one for one in others if _is_other(one, number, country)]
            found["phones"] = [*texts, *(one.number for one in others)]
        if _says_where(row):
            found["addresses"] = _addresses(row, self.addresses.get(pk, []))
        if text := row.values.get("tags"):
            found["tags"] = [*self.tags.get(pk, []), *split_tags(text.replace('"', ""))]
        return found

    def joined(self, row: ImportRow, person: Person) -> dict[str, Any]:
        """What a file adds to somebody who was here before: ours stay the first."""
        found: dict[str, Any] = {}
        present = self.emails.get(person.pk, [])
        here = {one.normalised for one in present}
        if more := [text for text in mails_of(row) if normalised(text) not in here]:
            found["emails"] = [*(one.address for one in present), *more]
        numbers = self.phones.get(person.pk, [])
        fresh = [
            text
            for text in numbers_of(row)
            if all(_is_other(one, text, person.country) for one in numbers)
        ]
        if fresh:
            found["phones"] = [*(one.number for one in numbers), *fresh]
        places = self.addresses.get(person.pk, [])
        if not places and _says_where(row):
            found["addresses"] = _addresses(row, places)
        if text := row.values.get("tags"):
            found["tags"] = [*self.tags.get(person.pk, []), *split_tags(text.replace('"', ""))]
        return found

    def unheld(
        self, row: ImportRow, person: Person, *, held: Collection[str]
    ) -> tuple[dict[str, Any], list[Conflict]]:
        """What a file adds to somebody it knows, but for lists that a colleague has changed since:
        those stay, and are told where they lack the file's entry."""
        lists = self.lists_with(row, person)
        ours: dict[str, list[str]] = {
            "emails": [one.address for one in self.emails.get(person.pk, [])],
            "phones": [one.number for one in self.phones.get(person.pk, [])],
            "addresses": [_line(one) for one in self.addresses.get(person.pk, [])],
        }
        told = []
        for name in ours.keys() & lists.keys() & {*held}:
            theirs, here = lists.pop(name), ours[name]
            is_place = name == "addresses"
            first = _line(theirs[0]) if is_place else theirs[0]
            if first not in here if is_place else len(theirs) > len(here):
                told.append(conflict(name, "; ".join(here), first))
        return lists, told

    def domains_with(self, text: str, company: Company | None) -> list[str]:
        """Domains know no first: a new one comes last."""
        known = self.domains.get(company.pk, []) if company else []
        return known if read_domain(text) in known else [*known, text]

    def tags_with(self, text: str, company: Company | None) -> list[str]:
        """A file takes no tag off."""
        known = self.company_tags.get(company.pk, []) if company else []
        return [*known, *split_tags(text.replace('"', ""))]


def lists_of(row: ImportRow) -> dict[str, Any]:
    """The lists of somebody new: what the file says, and nothing besides."""
    found: dict[str, Any] = {"emails": mails_of(row), "phones": numbers_of(row)}
    if _says_where(row):
        found["addresses"] = _addresses(row, [])
    if text := row.values.get("tags"):
        found["tags"] = split_tags(text.replace('"', ""))
    return found


def in_trash(record: Person | Company) -> Verdict:
    """The verdict on a row of a record that lies in the trash: a file takes nobody out of it."""
    words = _("“%(name)s” is in the trash. Restore it first, or leave the row out.")
    return Verdict(ImportStatus.FAILED, "", words % {"name": str(record)[:60]})


def _says_where(row: ImportRow) -> bool:
    return any(map(row.values.get, PLACE))


def _any(rows: Sequence[ImportRow], name: str) -> bool:
    return any(row.values.get(name) for row in rows)


def _addresses(row: ImportRow, present: list[dict[str, str]]) -> list[dict[str, str]]:
    """The file's in place of that of its kind, or besides."""
    kind = str(row.values.get("address_kind") or AddressKind.WORK)
    given = {name: str(text) for name in (*PLACE, "country") if (text := row.values.get(name))}
    same = next((one for one in present if one["kind"] == kind), {"kind": kind})
    others = [one for one in present if one is not same]
    return [{**same, **given}, *others]


def _line(address: dict[str, str]) -> str:
    return ", ".join(filter(None, (address.get(name) for name in (*PLACE, "country"))))


def _other_mails(texts: Iterable[str], present: Iterable[EmailAddress]) -> list[str]:
    theirs = {*map(normalised, texts)}
    return [row.address for row in present if row.normalised not in theirs]


def _is_other(row: Phone, text: str, country: str) -> bool:
    """Written otherwise, a number is still the same one."""
    phone = read_phone(text, country=country)
    return not {row.number, row.e164} & ({phone.shown, phone.e164} - {""})
