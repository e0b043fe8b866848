"""Which companies the rows of a file are about."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext

from baton.core.changes.queries import held_fields
from baton.core.offers import (
    ImportRow,
    ImportRun,
    Verdict,
    link_by,
    read_link,
)
from baton.records.people.imports.calling import names_of, twofold
from baton.records.people.imports.keeping import Kept, in_trash
from baton.records.people.imports.making import failed
from baton.records.people.imports.naming import named, no_company, owners_of
from baton.records.people.models import Company
from baton.records.people.queries import companies_by_domains, companies_linked, sources_of
from baton.records.people.rules import read_domain, tidy

LARGEST_COUNT = 2_000_000_000


class Known:
    """Which companies the rows of one chunk are about, and whose their domains are."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        keys = {key for row in rows for key in (row.key, row.also) if key} | {
            *named(rows, "parent")
        }
        names = {link for row in rows for link in names_of(row) if read_link(link)[0] == "name"}
        self.companies: dict[str, Company] = companies_linked(run.source, keys)
        self.by_domain = companies_by_domains(named(rows, "domain"))
        self.by_name = companies_linked(run.source, names) if run.joins else {}
        self.two = twofold([row.key for row in rows])
        self._joins = run.joins
        self._ours = sources_of(self.by_name.values()) if run.joins else {}
        self._source = run.source

    def which(self, row: ImportRow) -> Company | None:
        """The one that the source calls so."""
        return self.companies.get(row.key) or self.companies.get(row.also)

    def here_before(self, row: ImportRow) -> Company | None:
        """The one with this domain, or without a domain this name: it is joined."""
        if not self._joins:
            return None
        text = row.values.get("domain") or ""
        if at := self.by_domain.get(read_domain(text)) if text else None:
            return at
        found = self.by_name.get(link_by("name", row.values.get("name") or ""))
        if text and found and found.domains.exists():
            return None
        # Two of one source that bear one name are two: it gave each a key.
        is_another = found and self._source in self._ours.get(found.pk, ())
        return None if is_another and not read_link(row.key)[0] else found

    def wrong(self, row: ImportRow) -> Verdict | None:
        """The verdict on a row that cannot come in as it is."""
        company = self.which(row) or self.here_before(row)
        if company and company.deleted_at:
            return in_trash(company)
        if company is None and row.key in self.two:
            words = gettext("“%(key)s” fits more than one company. Name it by its key, or mend it.")
            return failed("", words % {"key": read_link(row.key)[1][:60]})
        if row.values.get("name") is not None and not tidy(row.values["name"]):
            return failed("name", gettext("Give the company a name."))
        count: Decimal | None = row.values.get("employee_count")
        if count is not None and not 0 <= count <= LARGEST_COUNT:
            words = gettext("The number of employees is no count of people. Mend or empty it.")
            return failed("employee_count", words)
        return self._wrong_domain(row.values.get("domain") or "", company)

    def _wrong_domain(self, text: str, company: Company | None) -> Verdict | None:
        if text and not read_domain(text):
            words = gettext("“%(text)s” is no domain. Write it like halden.example.")
            return failed("domain", words % {"text": text[:60]})
        bearer = self.by_domain.get(read_domain(text)) if text else None
        return taken(text, str(bearer)) if bearer and bearer != company else None


class Links(Known):
    """What else the rows name, looked up in a few queries; owners whom nobody knows are made."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        super().__init__(rows, run)
        self.owners = owners_of(rows, run)
        here = [*self.companies.values(), *self.by_domain.values(), *self.by_name.values()]
        self.kept = Kept(rows, companies={one.pk: one for one in here}.values())
        ids = [company.pk for company in self.companies.values()]
        self.held = {} if run.overwrites else held_fields(object_type="company", ids=ids)

    def wrong(self, row: ImportRow) -> Verdict | None:
        parent = row.values.get("parent")
        if parent and parent not in self.companies:
            return no_company("parent", parent)
        return super().wrong(row)


class CompaniesCheck:
    """Refuses a domain that two rows of one import bring, besides what is wrong with each."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._bearers: dict[str, str] = {}  # domain -> key of the company that brings it

    def __call__(self, rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        known = Known(rows, self._run)
        found = {place: known.wrong(row) or self._double(row) for place, row in enumerate(rows)}
        return {place: verdict for place, verdict in found.items() if verdict}

    def _double(self, row: ImportRow) -> Verdict | None:
        text = row.values.get("domain")
        if not text or self._run.joins:
            return None
        bearer = self._bearers.setdefault(read_domain(text), row.key)
        return None if bearer == row.key else taken(text, bearer)


def taken(text: str, owner: str) -> Verdict:
    words = gettext("%(text)s belongs to %(owner)s already. Mend or empty it.")
    return failed("domain", words % {"text": text[:60], "owner": owner[:60]})
