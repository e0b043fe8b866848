"""How waits, slots and bands are called: hours only where hours are known."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.ui.formats import grouped, unknown
from baton.insight.analytics.rules.last_year import BEFORE, NEVER, Band, Gap
from baton.insight.analytics.views import sentences

SLOT_WORDS: dict[str, Promise] = {
    "hour": gettext_lazy("Under 1 hour"),
    "hours": gettext_lazy("1 to 4 hours"),
    "day": gettext_lazy("4 to 24 hours"),
    "two_days": gettext_lazy("1 to 2 days"),
    "three_days": gettext_lazy("2 to 3 days"),
    "week": gettext_lazy("3 to 7 days"),
    "fortnight": gettext_lazy("1 to 2 weeks"),
    "month": gettext_lazy("2 weeks to 30 days"),
    "later": gettext_lazy("30 days or more"),
    NEVER: gettext_lazy("Never"),
    BEFORE: gettext_lazy("Only before they came"),
}
# Where days are all that is known.
DAY_WORDS: dict[str, Promise] = {
    "day": gettext_lazy("The same day"),
    "two_days": gettext_lazy("The next day"),
    "three_days": gettext_lazy("2 days later"),
    "week": gettext_lazy("3 to 6 days later"),
    "fortnight": gettext_lazy("7 to 13 days later"),
    "month": gettext_lazy("14 to 29 days later"),
    "later": gettext_lazy("30 or more days later"),
}
BAND_WORDS: dict[str, Promise] = {
    Band.HOUR: gettext_lazy("Within an hour"),
    Band.DAY: gettext_lazy("Within a day"),
    Band.THREE_DAYS: gettext_lazy("Within 3 days"),
    Band.WEEK: gettext_lazy("Within a week"),
    Band.LATER: gettext_lazy("Later"),
    Band.NEVER: gettext_lazy("Never"),
}
BAND_DAY_WORDS: dict[str, Promise] = {
    Band.DAY: gettext_lazy("The same day"),
    Band.THREE_DAYS: gettext_lazy("1 or 2 days later"),
    Band.WEEK: gettext_lazy("3 to 6 days later"),
}
GAP_WORDS: dict[Gap, tuple[Promise, Promise]] = {
    Gap.NO_DATES: (
        gettext_lazy("On which day some leads came: they are left out."),
        gettext_lazy("Export contacts with their create date."),
    ),
    Gap.NO_ACTIVITIES: (
        gettext_lazy("Whether anybody was called: no call, meeting or mail of yours is here."),
        gettext_lazy("Export calls, meetings and mails, with the contact and the date of each."),
    ),
    Gap.DAYS_ONLY: (
        gettext_lazy("Hours: the dates have no time of day, so waits are told in days."),
        gettext_lazy("Export dates with their time of day, of contacts and of activities."),
    ),
    Gap.NO_OWNERS: (
        gettext_lazy("Whose leads these were: none has an owner."),
        gettext_lazy("Export contacts with their owner."),
    ),
    Gap.NO_SOURCES: (
        gettext_lazy("Where the leads came from: none has a source."),
        gettext_lazy("Export contacts with their original source."),
    ),
    Gap.NO_DEALS: (
        gettext_lazy("What became of them: no deal and no customer is among them."),
        gettext_lazy("Export deals with their stage, close date and contact."),
    ),
    Gap.NO_AMOUNTS: (
        gettext_lazy("Money: nothing that was won has an amount."),
        gettext_lazy("Export deals with their amount and currency."),
    ),
    Gap.NO_COSTS: (
        gettext_lazy("What the untouched cost: no cost of these days is on record."),
        gettext_lazy("Enter what channels and campaigns cost; files of a CRM do not say it."),
    ),
}


def slot_words(slot: str, *, is_hourly: bool) -> str:
    """How long they waited."""
    return str(SLOT_WORDS[slot] if is_hourly else DAY_WORDS.get(slot, SLOT_WORDS[slot]))


def band_words(band: str, *, is_hourly: bool) -> str:
    """How soon they were answered."""
    return str(BAND_WORDS[band] if is_hourly else BAND_DAY_WORDS.get(band, BAND_WORDS[band]))


def wait_words(days: float | None, *, is_hourly: bool) -> str:
    """40 min, 5 h, 3 days; in days alone: the same day, 3 days."""
    if days is None:
        return unknown()
    if is_hourly:
        return sentences.days(days)
    if not days:
        return _("same day")
    return ngettext("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {
        "n": grouped(days, decimals=int(days != int(days)))
    }
