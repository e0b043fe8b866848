"""Which costs an address asks for, and periods in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from baton.core.access.models import User
from baton.core.ui.asked import day_of
from baton.core.ui.formats import day_words
from baton.marketing.campaigns.models import Campaign, Cost, CostQuerySet
from baton.marketing.capture.queries import channel_words
from baton.marketing.capture.rules import clean_line


@dataclass(frozen=True, kw_only=True)
class CostFilter:
    """Costs of no campaign, of one, of a channel, with a day in a period; empty, of all."""

    is_loose: bool
    code: str
    channel: str
    from_on: date | None
    to_on: date | None

    def costs(self, user: User) -> CostQuerySet:
        """Those that the user may see; a campaign's are of its channel, as in the reports."""
        rows = Cost.objects.visible_to(user)
        if self.is_loose:
            rows = rows.filter(campaign=None)
        if self.code:
            rows = rows.filter(campaign__code=self.code)
        if self.channel:
            own = Q(campaign=None, channel=self.channel)
            rows = rows.filter(own | Q(campaign__channel=self.channel))
        if self.from_on:
            rows = rows.filter(to_on__gte=self.from_on)
        return rows.filter(from_on__lte=self.to_on) if self.to_on else rows

    def narrowed(self) -> list[tuple[str, tuple[str, ...]]]:
        """What is asked for in words, each with the names in the address that ask it."""
        names = Campaign.objects.living().filter(code=self.code).values_list("name", flat=True)
        campaign = (names.first() or self.code) if self.code else ""
        channel = channel_words(self.channel) if self.channel else ""
        found = [
            (campaign, ("code",)),
            (channel, ("channel",)),
            (period_words(self.from_on, self.to_on), ("from", "to")),
        ]
        return [(words, asked) for words, asked in found if words]


def cost_filter(asked: Mapping[str, str]) -> CostFilter:
    """What an address asks; a day that is none is no bound."""
    return CostFilter(
        is_loose=asked.get("of") == "none",
        code=clean_line(asked.get("code", ""))[:120],
        channel=clean_line(asked.get("channel", ""))[:40],
        from_on=day_of(asked.get("from", "")),
        to_on=day_of(asked.get("to", "")),
    )


def period_words(from_on: date | None, to_on: date | None) -> str:
    """From the first day to the last in words; an open end has none."""
    today = timezone.localdate()
    if from_on == to_on and from_on:
        return day_words(from_on, today=today)
    first, last = (day_words(on, today=today) if on else "" for on in (from_on, to_on))
    return f"{first} – {last}".strip() if first or last else ""
