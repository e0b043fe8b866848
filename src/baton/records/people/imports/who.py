"""Whom the rows of a file are about."""

from collections.abc import Mapping, Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext

from baton.core.access.models import User
from baton.core.changes.queries import held_fields
from baton.core.offers import ImportRow, ImportRun, Verdict, read_link
from baton.records.people.imports.keeping import Kept, in_trash
from baton.records.people.imports.making import failed
from baton.records.people.imports.naming import named, no_company, owners_of
from baton.records.people.imports.several import mails_of, wrong_of
from baton.records.people.models import Company, Person
from baton.records.people.queries import (
    companies_linked,
    normalised,
    people_by_emails,
    people_linked,
)


class Known:
    """Who the rows of one chunk are about, and whose their addresses are."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        keys = {key for row in rows for key in (row.key, row.also) if key}
        mails = [text for key in keys if (said := read_link(key))[0] and (text := said[1])]
        mails += [mail for row in rows for mail in mails_of(row)]
        self.by_mail: Mapping[str, Person] = people_by_emails(mails)
        self.people: dict[str, Person] = people_linked(run.source, keys, by_mail=self.by_mail)
        self._joins = run.joins

    def who(self, row: ImportRow) -> Person | None:
        """Whom the source calls so."""
        return self.people.get(row.key) or self.people.get(row.also)

    def whose_mail(self, row: ImportRow) -> Person | None:
        """Who was here before with this address: they are joined, where the import joins."""
        if not self._joins or not self.by_mail:
            return None
        known = (self.by_mail.get(normalised(text)) for text in mails_of(row))
        return next(filter(None, known), None)

    def about(self, row: ImportRow) -> Person | None:
        """Whom it is about, of those who are here."""
        return self.who(row) or self.whose_mail(row)

    def wrong(self, row: ImportRow, person: Person | None) -> Verdict | None:
        """The verdict on a row about this one that cannot come in as it is."""
        if person and person.deleted_at:
            return in_trash(person)
        for text in mails_of(row):
            if told := self._wrong_mail(text, person):
                return told
        return wrong_of(row)

    def _wrong_mail(self, text: str, person: Person | None) -> Verdict | None:
        address = normalised(text)
        if not address:
            words = gettext("“%(text)s” is no mail address. Mend or empty it.")
            return failed("email", words % {"text": text[:60]})
        owner = self.by_mail.get(address) if self.by_mail else None
        if owner and owner != person:
            return taken(text, str(owner))
        return None


class Links(Known):
    """What else the rows name, looked up in a few queries; owners whom nobody knows are made."""

    def __init__(
        self, rows: Sequence[ImportRow], run: ImportRun, *, before: "Links | None" = None
    ) -> None:
        """``before``: of these rows and more, in the same transaction."""
        super().__init__(rows, run)
        self.companies: Mapping[str, Company] = (
            before.companies if before else companies_linked(run.source, named(rows, "company"))
        )
        self.owners: Mapping[str, User] = before.owners if before else owners_of(rows, run)
        here = {person.pk: person for person in [*self.people.values(), *self.by_mail.values()]}
        prefetch_related_objects([*here.values()], "company", "owner")
        ids = [person.pk for person in self.people.values()]
        self.held = {} if run.overwrites else held_fields(object_type="person", ids=ids)
        self.kept = Kept(rows, people=here.values())
        self.overwrites = run.overwrites
        self.joined: dict[str, Person] = {}  # by the key that is theirs from now on

    def wrong(self, row: ImportRow, person: Person | None) -> Verdict | None:
        wanted = row.values.get("company")
        if wanted and wanted not in self.companies:
            return no_company("company", wanted)
        return super().wrong(row, person)


class PeopleCheck:
    """Refuses an address that two rows of one import bring, besides what is wrong with each."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._bearers: dict[str, str] = {}  # normalised address -> key of who brings it

    def __call__(self, rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        known = Known(rows, self._run)
        found = {
            place: known.wrong(row, known.about(row)) or self._double(row)
            for place, row in enumerate(rows)
        }
        return {place: verdict for place, verdict in found.items() if verdict}

    def _double(self, row: ImportRow) -> Verdict | None:
        for text in () if self._run.joins else mails_of(row):
            bearer = self._bearers.setdefault(normalised(text), row.key)
            if bearer != row.key:
                return taken(text, bearer)
        return None


def taken(text: str, owner: str) -> Verdict:
    words = gettext("%(text)s belongs to %(owner)s already. Mend or empty it.")
    return failed("email", words % {"text": text[:60], "owner": owner[:60]})
