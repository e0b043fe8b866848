"""The tables of last year: by speed of answer, by source, by rep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from baton.core.limits import hidden
from baton.core.ui.formats import grouped, money, percent, rough
from baton.insight.analytics.rules.last_year import Answered
from baton.insight.analytics.views.grids import Grid, GridCell, GridLine
from baton.insight.analytics.views.tables import MOOT
from baton.insight.analytics.views.worked import Shown
from baton.insight.analytics.words import BY, group_label


def _won_each(row: Answered) -> Any:
    return row.won_each


@dataclass(frozen=True)
class Grids:
    """Each cell leads to the leads that it counts."""

    shown: Shown

    @cached_property
    def tells_money(self) -> bool:
        """Where amounts are hidden from the reader, only if something else was bought."""
        rows = [*self.shown.report.bands, *self.shown.report.sources, *self.shown.report.reps]
        return "amount" not in hidden("deal") or any(row.revenue or row.money_won for row in rows)

    def by_speed(self) -> Grid:
        heads = [
            _("Leads"),
            _("Won"),
            _("Lost"),
            _("Won of leads"),
            _("Won of closed"),
            *self._money_head(),
        ]
        lines = [
            GridLine(
                self.shown.band(row.group),
                [
                    self._count(row, "leads", row.leads, by="speed"),
                    self._count(row, "won", row.won, by="speed"),
                    GridCell(grouped(row.lost)),
                    self._share(row.won_share),
                    self._share(row.win_rate, row, "closed", by="speed"),
                    *self._money(row, by="speed"),
                ],
            )
            for row in self.shown.report.bands
        ]
        return Grid(_("First activity"), heads, lines)

    def by_rep(self) -> Grid:
        return self._grid("rep", self.shown.report.reps, [])

    def by_source(self) -> Grid:
        costs: list[tuple[str, Callable[[Answered], Any]]] = [
            *([(_("Won a lead"), _won_each)] if self.tells_money else []),
            (_("Cost a lead"), lambda row: row.cost_of_lead),
            (_("Cost of the untouched"), lambda row: row.cost),
        ]
        return self._grid("source", self.shown.report.sources, costs)

    def _grid(
        self, by: str, rows: Sequence[Answered], more: list[tuple[str, Callable[[Answered], Any]]]
    ) -> Grid:
        heads = [
            *(
                _("Leads"),
                _("Never touched"),
                _("Share"),
                _("Median time"),
                _("Nine in ten within"),
            ),
            *(_("Won"), _("Won of leads"), *self._money_head()),
            *(head for head, _value in more),
        ]
        lines = []
        for row in rows:
            money_cells = [self._amount(value(row)) for _head, value in more]
            lines.append(
                GridLine(group_label(by, row.label), [*self._cells(row, by), *money_cells])
            )
        return Grid(str(BY[by]), heads, lines)

    def _cells(self, row: Answered, by: str) -> list[GridCell]:
        return [
            self._count(row, "leads", row.leads, by=by),
            self._count(row, "untouched", row.untouched, by=by),
            self._share(row.untouched_share),
            self._wait_cell(row, row.median_days, by=by),
            self._wait_cell(row, row.slow_days, by=by),
            self._count(row, "won", row.won, by=by),
            self._share(row.won_share),
            *self._money(row, by=by),
        ]

    def _count(self, row: Answered, figure: str, count: int, *, by: str) -> GridCell:
        key = row.group_key or row.group
        return GridCell(
            grouped(count), self.shown.behind(figure, by=by, group=key) if count else ""
        )

    def _share(
        self, share: float | None, row: Answered | None = None, figure: str = "", *, by: str = ""
    ) -> GridCell:
        if share is None:
            return GridCell(MOOT, is_soft=True)
        url = self.shown.behind(figure, by=by, group=row.group_key or row.group) if row else ""
        return GridCell(percent(share, decimals=1), url)

    def _wait_cell(self, row: Answered, days: float | None, *, by: str) -> GridCell:
        if not row.timed:
            return GridCell(MOOT, is_soft=True)
        return GridCell(
            self.shown.wait(days), self.shown.behind("timed", by=by, group=row.group_key)
        )

    def _money_head(self) -> list[str]:
        return [_("Money won")] if self.tells_money else []

    def _money(self, row: Answered, *, by: str) -> list[GridCell]:
        if not self.tells_money:
            return []
        if row.revenue is None:
            return [self._amount(row.money_won)]
        url = self.shown.behind("revenue", by=by, group=row.group_key or row.group)
        return [GridCell(rough(row.revenue, self.shown.currency), url)]

    def _amount(self, amount: Any) -> GridCell:
        return GridCell(money(amount, self.shown.currency), is_soft=amount is None)
