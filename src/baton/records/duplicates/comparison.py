"""Two records side by side, for a screen: what differs can be chosen, the rest is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.core.languages import language_name
from baton.core.limits import hidden
from baton.core.words import label_of
from baton.records.duplicates.models import PERSON, Pair
from baton.records.duplicates.queries import records_of
from baton.records.duplicates.words import field_label
from baton.records.people.models import Company, Person
from baton.records.people.queries import domains_of, emails_of, phones_of

NAMES = ("first_name", "last_name", "full_name")
OF_PERSON = ("full_name", "job_title", "company", "country", "language", "zone", "said_source")
OF_COMPANY = ("name", "industry", "employee_count", "city", "region", "country")
CHOSEN = {True: (*OF_PERSON, "owner"), False: (*OF_COMPANY, "owner")}  # of a person, of a company
FIRST, SECOND = "first", "second"


@dataclass(frozen=True)
class Row:
    """One field of both. ``picked``: whose value stays by itself; "" = nothing to choose."""

    name: str
    label: str
    first: str
    second: str
    picked: str = ""


@dataclass(frozen=True)
class Sides:
    """A pair with its records."""

    pair: Pair
    first: Any
    second: Any

    def rows(self) -> list[Row]:
        """Fields of which either says something, as far as whoever reads may see them."""
        unseen = hidden(self.pair.object_type)
        is_person = self.pair.object_type == PERSON
        rows = [self._chosen(name) for name in CHOSEN[is_person]]
        rows += self._people_rows() if is_person else self._company_rows()
        return [row for row in rows if row.name not in unseen and (row.first or row.second)]

    def known_since(self) -> list[datetime]:
        """Of both: what came from another system began before it was brought in."""
        return [
            min(filter(None, (record.created_at, getattr(record, "lead_at", None))))
            for record in (self.first, self.second)
        ]

    def values(self, picked: Mapping[str, str], *, keep_second: bool) -> dict[str, Any]:
        """What somebody chose against the kept one's, as the merge takes it."""
        kept, other = (self.second, self.first) if keep_second else (self.first, self.second)
        theirs = FIRST if keep_second else SECOND
        chosen: dict[str, Any] = {}
        for name in CHOSEN[self.pair.object_type == PERSON]:
            mine, its = getattr(kept, name), getattr(other, name)
            if picked.get(name) == theirs and its not in (None, "") and mine != its:
                names = NAMES if name == "full_name" else (name,)
                chosen |= {one: getattr(other, one) for one in names}
        return chosen

    def _chosen(self, name: str) -> Row:
        first, second = getattr(self.first, name), getattr(self.second, name)
        picked = ""
        if first != second and first not in (None, "") and second not in (None, ""):
            picked = FIRST
        return Row(name, field_label(name), _text(name, first), _text(name, second), picked)

    def _people_rows(self) -> list[Row]:
        ids = [self.first.pk, self.second.pk]
        emails, phones = emails_of(ids), phones_of(ids)
        stages = [label_of(person.stage) for person in (self.first, self.second)]
        return [
            Row("emails", field_label("emails"), *(_list(emails[pk]) for pk in ids)),
            Row("phones", field_label("phones"), *(_list(phones[pk]) for pk in ids)),
            Row("stage", field_label("stage"), *stages),
        ]

    def _company_rows(self) -> list[Row]:
        domains = domains_of([self.first.pk, self.second.pk])
        shown = (", ".join(domains[pk]) for pk in (self.first.pk, self.second.pk))
        return [Row("domains", field_label("domains"), *shown)]


def sides_of_pair(pair: Pair) -> Sides | None:
    """None when one of the two is gone."""
    records: Mapping[int, Person | Company] = records_of([pair], pair.object_type)
    first, second = records.get(pair.first_id), records.get(pair.second_id)
    return Sides(pair, first, second) if first and second else None


def _text(name: str, value: Any) -> str:
    if name == "language":
        return language_name(value)
    return "" if value is None else str(value)


def _list(rows: list[Any]) -> str:
    return ", ".join(str(row) for row in rows)
