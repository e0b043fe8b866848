"""The way of rows that orders and subscriptions have in common."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from baton.core.offers import ImportCheck, ImportRow, ImportRun, ImportStatus, RowRefused, Verdict
from baton.records.purchases.imports.buyers import Buyers, refuse_gone
from baton.records.purchases.models import Order, Subscription
from baton.records.purchases.queries import shop_names

New = TypeVar("New")


class Outcome(Protocol):
    """What became of one."""

    @property
    def is_new(self) -> bool: ...

    @property
    def is_changed(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Selling(Generic[New]):
    """``called`` finds those that are here by a shop's names and their keys, ``read`` makes news of
    a row or raises RowRefused, ``record`` writes all news down in their order."""

    called: Callable[[Sequence[str], Collection[str]], Mapping[str, Order | Subscription]]
    read: Callable[..., New]
    record: Callable[..., Sequence[Outcome]]

    def upsert(self, rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
        """By the shop's key, also where the shop told of it itself."""
        names = shop_names(run.source)
        known = self.called(names, [row.key for row in rows])
        buyers = Buyers(rows, run)
        verdicts: dict[int, Verdict] = {}
        good: dict[int, New] = {}
        for place, row in enumerate(rows):
            try:
                refuse_gone(row, known)
                source = known[row.key].source if row.key in known else names[0]
                good[place] = self.read(row, run, source=source, **buyers.of(row))
            except RowRefused as no:
                verdicts[place] = no.verdict()
        told = self.record(new=[*good.values()], at=run.at, cause="import", batch=run.batch)
        for place, one in zip(good, told, strict=True):
            status = ImportStatus.UPDATED if one.is_changed else ImportStatus.UNCHANGED
            verdicts[place] = Verdict(ImportStatus.CREATED if one.is_new else status)
        return [verdicts[place] for place in range(len(rows))]

    def check(self, run: ImportRun) -> ImportCheck:
        """What none can be, told before the first row is written."""
        names = shop_names(run.source)

        def check(rows: Sequence[ImportRow]) -> dict[int, Verdict]:
            known: Mapping[str, Any] = self.called(names, [row.key for row in rows])
            found: dict[int, Verdict] = {}
            for place, row in enumerate(rows):
                try:
                    refuse_gone(row, known)
                    self.read(row, run)
                except RowRefused as no:
                    found[place] = no.verdict()
            return found

        return check
