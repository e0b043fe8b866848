"""Whom rows of orders and subscriptions name, and what is refused of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.money.rules import UnknownCurrency
from baton.core.offers import ImportRow, ImportRun, RowRefused, read_link
from baton.records.people.queries import companies_linked, people_linked
from baton.records.purchases.models import Order, Subscription


class Buyers:
    """The people and companies that rows name, in one query a kind."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        def named(name: str) -> list[str]:
            return [row.values[name] for row in rows if row.values.get(name)]

        self._found: dict[str, Mapping[str, Any]] = {
            "person": people_linked(run.source, named("person")),
            "company": companies_linked(run.source, named("company")),
        }

    def of(self, row: ImportRow) -> dict[str, Any]:
        """Raises RowRefused."""
        linked: dict[str, Any] = {}
        for name, found in self._found.items():
            wanted = row.values.get(name)
            if wanted and wanted not in found:
                words = _("What “%(key)s” names is not here. Import it too, or mend it.")
                raise RowRefused(name, words % {"key": read_link(wanted)[1][:60]})
            linked[name] = found[wanted] if wanted else None
        return linked


def needed(row: ImportRow, name: str) -> Any:
    """Raises RowRefused."""
    value = row.values.get(name)
    if value is None:
        raise RowRefused(name, _("This is missing. Fill it in."))
    return value


def check_buyer(row: ImportRow) -> None:
    """Raises RowRefused."""
    if not row.values.get("person") and not row.values.get("company"):
        raise RowRefused("person", _("Say who bought: a person or a company."))


def refuse_gone(row: ImportRow, known: Mapping[str, Order | Subscription]) -> None:
    """Raises RowRefused for one that lies in the trash."""
    found = known.get(row.key)
    if found is not None and found.deleted_at:
        words = _("“%(name)s” is in the trash. Restore it first, or leave the row out.")
        raise RowRefused("", words % {"name": str(found)[:60]})


def blamed(no: RuleViolation) -> RowRefused:
    """What a rule says, at the field to mend."""
    field = "currency" if isinstance(no, UnknownCurrency) else "amount"
    return RowRefused(field, str(no))


def told_at(*dates: datetime | None, run: ImportRun) -> datetime | None:
    """A file says no time at which it was true; it was so since the latest that it tells of."""
    return max((one for one in dates if one and one <= run.at), default=None)
