"""What people and companies refuse, in words for the person at the screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.settings.models import Organisation
from baton.records.people.models import Company, CompanyExternalId, Person, PersonExternalId


class NoName(RuleViolation):
    """Nothing was given by which the person could be called."""


class BadAddress(RuleViolation):
    """Not a mail address, or not a domain."""


class BadCurrency(RuleViolation):
    """Not three letters."""


class TooLong(RuleViolation):
    """A text that its column cannot hold; ``field`` says which."""

    def __init__(self, words: str, *, field: str) -> None:
        super().__init__(words)
        self.field = field


class EmailTaken(RuleViolation):
    """The address is another living person's; ``person`` says whose.

    The message does not: not everybody may see that person.
    """

    def __init__(self, *, address: str, person: Person) -> None:
        super().__init__(_("%(address)s is somebody else's already.") % {"address": address})
        self.person = person


class DomainTaken(RuleViolation):
    """The domain is another living company's; ``company`` says whose, the message does not."""

    def __init__(self, *, domain: str, company: Company) -> None:
        super().__init__(_("%(domain)s is another company's already.") % {"domain": domain})
        self.company = company


class NoTag(RuleViolation):
    """No tag was given."""


class ExternalIdTaken(RuleViolation):
    """Another record goes by this name in that source; the message does not say which."""


class CompaniesInARing(RuleViolation):
    """A company would belong to itself, straight or by way of others."""


class NoSuchCompany(RuleViolation):
    """Nobody sees a company of that name."""


def refuse_ring(company: Company, *, parent: Company) -> None:
    """Raises CompaniesInARing. Names the two alone: who stands between may be hidden."""
    if parent.pk == company.pk:
        raise CompaniesInARing(_("A company cannot belong to itself."))
    # One such edit at a time: two at once must not close a ring between them.
    Organisation.objects.select_for_update().first()
    above: int | None = parent.pk
    seen = {company.pk}
    while above is not None and above not in seen:
        seen.add(above)
        above = Company.objects.filter(pk=above).values_list("parent", flat=True).first()
    if above == company.pk:
        words = _("“%(parent)s” belongs to “%(company)s” already, so it cannot stand above it.")
        raise CompaniesInARing(words % {"parent": parent, "company": company})


def refuse_known_elsewhere(
    kind: type[PersonExternalId] | type[CompanyExternalId],
    named: Iterable[Mapping[str, str] | None],
) -> None:
    """Raises ExternalIdTaken for the first of these, source -> id, that is kept already."""
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for ids in named:
        for source, external_id in (ids or {}).items():
            wanted[source].append(external_id)
    for source, external_ids in wanted.items():
        known = kind._default_manager.filter(source=source, external_id__in=external_ids)
        if first := known.values_list("external_id", flat=True).first():
            words = _("“%(id)s” of %(source)s is here already.")
            raise ExternalIdTaken(words % {"id": first, "source": source})


@cache
def _limits(kind: type[models.Model]) -> dict[str, int | None]:
    return {field.name: getattr(field, "max_length", None) for field in kind._meta.get_fields()}


def refuse_too_long(kind: type[models.Model], values: Mapping[str, Any]) -> None:
    """SQLite would keep a text of any length, PostgreSQL answer with an error: refuse it here."""
    limits = _limits(kind)
    for name, value in values.items():
        limit = limits[name]
        if limit and isinstance(value, str) and len(value) > limit:
            words = _("%(field)s is longer than %(limit)d characters.")
            shown = name.replace("_", " ").capitalize()
            raise TooLong(words % {"field": shown, "limit": limit}, field=name)


class PersonGone(RuleViolation):
    """Somebody was erased a moment ago."""


class MergedWithItself(RuleViolation):
    """To merge takes two."""


class MergedAlready(RuleViolation):
    """One of them lies in the trash, or is another one by now."""


class TooManyAtOnce(RuleViolation):
    """More than anybody has looked at."""
