"""How last year is shown: figures and charts, each with a link to the leads it counts."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.ui import charts
from baton.core.ui.formats import grouped, percent, rough, unknown
from baton.insight.analytics.queries import LastYear
from baton.insight.analytics.rules.last_year import (
    NEVER,
    Answered,
    Gap,
    best_and_worst,
    best_band,
)
from baton.insight.analytics.views.addresses import Address
from baton.insight.analytics.views.kpis import Kpi
from baton.insight.analytics.views.waits import band_words, slot_words, wait_words
from baton.insight.analytics.words import group_label

RECORDS = "last-year-people"


@dataclass(frozen=True)
class Shown:
    """A report on its page."""

    report: LastYear
    address: Address
    currency: str

    def behind(self, figure: str, *, by: str | None = None, group: str | None = None) -> str:
        """The leads that a figure counts."""
        return self.address.behind(RECORDS, figure=figure, by=by, group=group)

    def wait(self, days: float | None) -> str:
        return wait_words(days, is_hourly=self.report.is_hourly)

    def is_told(self, gap: Gap) -> bool:
        return gap not in self.report.gaps

    def kpis(self) -> list[Kpi]:
        total = self.report.total
        return [
            Kpi(label=_("Leads"), value=grouped(total.leads), url=self.behind("leads")),
            self._untouched(total),
            self._cost(total),
            Kpi(
                label=_("Median time to first activity"),
                value=self.wait(total.median_days),
                note=_("nine in ten within %(time)s") % {"time": self.wait(total.slow_days)}
                if total.timed
                else "",
                url=self.behind("timed") if total.timed else "",
            ),
            Kpi(
                label=_("Won"),
                value=grouped(total.won),
                note=rough(total.money_won, self.currency) if total.won else "",
                hue="green" if total.won else "",
                url=self.behind("won") if total.won else "",
            ),
        ]

    def _untouched(self, total: Answered) -> Kpi:
        if not self.is_told(Gap.NO_ACTIVITIES):
            return Kpi(label=_("Never touched"), value=unknown(), note=_("no activities here"))
        return Kpi(
            label=_("Never touched"),
            value=grouped(total.untouched),
            note=_("%(share)s of all leads") % {"share": percent(total.untouched_share)},
            hue="red" if total.untouched else "",
            url=self.behind("untouched") if total.untouched else "",
        )

    def _cost(self, total: Answered) -> Kpi:
        """Of those whose cost is known; the note says of how many it is not."""
        is_told = self.is_told(Gap.NO_ACTIVITIES)
        missing = total.untouched - total.is_costed
        note = ""
        if is_told and total.cost is not None and missing:
            note = _("unknown for %(n)s of them") % {"n": grouped(missing)}
        cost = total.cost if is_told else None
        return Kpi(label=_("Cost of the untouched"), value=rough(cost, self.currency), note=note)

    def histogram(self) -> charts.BarChart:
        """How long leads waited for the first activity."""
        is_hourly = self.report.is_hourly
        items = [
            charts.Bar(
                name=slot_words(row.group, is_hourly=is_hourly),
                value=row.leads,
                href=self.behind("leads", by="slot", group=row.group),
                hue="red" if row.group == NEVER else "blue",
            )
            for row in self.report.slots
        ]
        return charts.bars(items, sentence=self._waiting(), head=_("First activity"))

    def _waiting(self) -> str:
        total = self.report.total
        if not self.is_told(Gap.NO_ACTIVITIES):
            return _("No call, meeting or mail of yours is known about these leads.")
        words = ngettext(
            "Nobody ever turned to %(n)s of %(all)s lead.",
            "Nobody ever turned to %(n)s of %(all)s leads.",
            total.leads,
        ) % {"n": grouped(total.untouched), "all": grouped(total.leads)}
        if not total.timed:
            return words
        half = _("Half of the others waited no longer than: %(time)s.")
        return f"{words} {half % {'time': self.wait(total.median_days)}}"

    def speed(self) -> charts.BarChart:
        """Of those answered so soon, who bought."""
        bands = self.report.bands
        items = [
            charts.Bar(
                name=self.band(row.group),
                value=(row.won_share or 0.0) * 100,
                words=self._bought(row),
                href=self.behind("won", by="speed", group=row.group) if row.won else "",
                hue="gray" if row.is_thin or row.group == NEVER else "green",
            )
            for row in bands
        ]
        best = best_band(bands)
        sentence = _("Too few leads were answered and won to say which speed wins.")
        if best:
            words = _("Answered so or sooner the largest share bought: %(band)s, %(share)s.")
            share = percent(best.won_share, decimals=1)
            sentence = words % {"band": self.band(best.group), "share": share}
        return charts.bars(items, sentence=sentence, head=_("First activity"))

    def _bought(self, row: Answered) -> str:
        """A share; of too few to call it one, the numbers."""
        if row.is_thin:
            return _("%(won)s of %(leads)s") % {"won": row.won, "leads": row.leads}
        return percent(row.won_share, decimals=1)

    def band(self, band: str) -> str:
        return band_words(band, is_hourly=self.report.is_hourly)

    def sources_said(self) -> str:
        """Which source brought the most money, and which the least."""
        best, worst = best_and_worst(self.report.sources)
        if best is None:
            return ""
        words = _("Best by money won: %(source)s, %(money)s.") % self._named(best)
        if worst is None:
            return words
        return f"{words} {_('Worst: %(source)s, %(money)s.') % self._named(worst)}"

    def _named(self, row: Answered) -> dict[str, str]:
        return {
            "source": group_label("source", row.label),
            "money": rough(row.money_won, self.currency),
        }


def agreement_url(values: dict[str, int]) -> str:
    """The agreement's form with these numbers filled in."""
    return f"{reverse('handoff:amend')}?{urlencode(values)}"
