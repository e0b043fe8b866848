"""Addresses, numbers and domains: lists of text whose first entry is the primary one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baton.core.bulk import one_of
from baton.core.prepared import LONGEST, Prepared
from baton.records.people.actions.postal import (
    clean_addresses,
    read_addresses,
    write_addresses,
)
from baton.records.people.actions.refusals import (
    BadAddress,
    DomainTaken,
    EmailTaken,
    refuse_too_long,
)
from baton.records.people.models import Company, CompanyDomain, EmailAddress, Person, Phone
from baton.records.people.queries import domains_of, emails_of, phones_of
from baton.records.people.rules import (
    MailAddress,
    ReadPhone,
    UnreadableAddress,
    read_domain,
    read_email,
    read_phone,
)

LISTS = frozenset({"emails", "phones", "domains", "addresses"})


def read_list(name: str, ids: Collection[int]) -> Mapping[int, list[Any]]:
    """What each person (or company) has now, the primary one first."""
    if name == "emails":
        return {pk: [row.address for row in rows] for pk, rows in emails_of(ids).items()}
    if name == "phones":
        return {pk: [row.number for row in rows] for pk, rows in phones_of(ids).items()}
    if name == "addresses":
        return read_addresses(ids)
    return domains_of(ids)


def clean_list(name: str, texts: Iterable[Any], *, country: str) -> list[Any]:
    """As they would be kept. Raises BadAddress."""
    if name == "emails":
        return [mail.shown for mail in read_emails(texts)]
    if name == "phones":
        return [phone.shown for phone in read_phones(texts, country=country)]
    if name == "addresses":
        return clean_addresses(texts)
    return read_domains(texts)


def write_list(name: str, record: Person | Company, texts: Iterable[Any]) -> None:
    """Make it so; raises EmailTaken or DomainTaken."""
    try:
        with transaction.atomic():
            _write_list(name, record, texts)
    except IntegrityError:
        # Two may claim one address at once: the unique index decides, the loser reads the winner.
        if isinstance(record, Company):
            refuse_domains_taken(read_domains(texts), but_of=record.pk)
        elif name == "emails":
            refuse_taken([mail.normalised for mail in read_emails(texts)], but_of=record.pk)
        raise


def _write_list(name: str, record: Person | Company, texts: Iterable[Any]) -> None:
    if isinstance(record, Company):
        write_domains(record, read_domains(texts))
    elif name == "emails":
        write_emails(record, read_emails(texts))
    elif name == "addresses":
        write_addresses(record, clean_addresses(texts))
    else:
        write_phones(record, read_phones(texts, country=record.country))


def read_emails(texts: Iterable[str]) -> list[MailAddress]:
    """Each address once. Raises BadAddress."""
    found: dict[str, MailAddress] = {}
    for text in filter(str.strip, texts):
        try:
            mail = read_email(text)
        except UnreadableAddress as error:
            words = _("“%(text)s” is no mail address. %(why)s")
            raise BadAddress(words % {"text": text.strip()[:80], "why": error}) from error
        found.setdefault(mail.normalised, mail)
    return list(found.values())


def read_phones(texts: Iterable[str], *, country: str) -> list[ReadPhone]:
    """Each number once."""
    found: dict[str, ReadPhone] = {}
    for text in filter(str.strip, texts):
        phone = read_phone(text, country=country)
        refuse_too_long(Phone, {"number": phone.shown})
        found.setdefault(phone.shown, phone)
    return list(found.values())


def read_domains(texts: Iterable[str]) -> list[str]:
    """Each domain once. Raises BadAddress."""
    found: dict[str, None] = {}
    for text in filter(str.strip, texts):
        domain = read_domain(text)
        if not domain:
            words = _("“%(text)s” is no domain. Write it like halden.example.")
            raise BadAddress(words % {"text": text.strip()[:80]})
        found[domain] = None
    return list(found)


def refuse_taken(wanted: Iterable[str], *, but_of: int = 0) -> None:
    """Raises EmailTaken for the first of these normalised addresses that is somebody else's."""
    texts = list(wanted)
    if len(texts) > LONGEST:
        other = _taken(one_of(texts), but_of).first()
    else:
        other = _TAKEN.first(wanted=texts, but_of=but_of)
    if other:
        raise EmailTaken(address=other.address, person=other.person)


def _taken(wanted: Any, but_of: int) -> "QuerySet[EmailAddress]":
    taken = EmailAddress.objects.filter(normalised__in=wanted, deleted_at=None)
    return taken.exclude(person_id=but_of).select_related("person").order_by("pk")[:1]


_TAKEN = Prepared(_taken)


def refuse_domains_taken(domains: Iterable[str], *, but_of: int = 0) -> None:
    """Raises DomainTaken for the first of these that is another company's."""
    taken = CompanyDomain.objects.filter(domain__in=domains, deleted_at=None)
    other = taken.exclude(company_id=but_of).select_related("company").first()
    if other:
        raise DomainTaken(domain=other.domain, company=other.company)


def write_emails(person: Person, mails: list[MailAddress]) -> None:
    """These and no others are the person's; the first is the primary one.

    Those of somebody in the trash lie there with them: they keep nobody else from the address.
    """
    wanted = {mail.normalised: mail for mail in mails}
    if person.deleted_at is None:
        refuse_taken(wanted, but_of=person.pk)
    theirs = person.emails.filter(deleted_at=person.deleted_at)
    theirs.exclude(normalised__in=wanted).delete()
    person.emails.update(is_primary=False)
    kept = {row.normalised: row for row in theirs}
    for place, (normal, mail) in enumerate(wanted.items()):
        row = kept.get(normal) or EmailAddress(
            person=person, normalised=normal, deleted_at=person.deleted_at
        )
        row.address, row.is_mixed, row.is_primary = mail.shown, mail.is_mixed, place == 0
        row.save()


def write_phones(person: Person, phones: list[ReadPhone]) -> None:
    """These and no others are the person's; the first is the primary one."""
    wanted = {phone.shown: phone for phone in phones}
    person.phones.exclude(number__in=wanted).delete()
    person.phones.update(is_primary=False)
    kept = {row.number: row for row in person.phones.all()}
    for place, (number, phone) in enumerate(wanted.items()):
        row = kept.get(number) or Phone(person=person, number=number)
        row.e164, row.country, row.is_primary = phone.e164, phone.country, place == 0
        row.save()


def write_domains(company: Company, domains: list[str]) -> None:
    """These and no others are the company's; those of one in the trash lie there with it."""
    if company.deleted_at is None:
        refuse_domains_taken(domains, but_of=company.pk)
    its = company.domains.filter(deleted_at=company.deleted_at)
    its.exclude(domain__in=domains).delete()
    known = set(its.values_list("domain", flat=True))
    CompanyDomain.objects.bulk_create(
        CompanyDomain(company=company, domain=domain, deleted_at=company.deleted_at)
        for domain in domains
        if domain not in known
    )
