"""The website's traffic by channel, and the days and visits behind its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.home.following import stands_at_once
from baton.core.saved.shown import views_of
from baton.core.settings.queries import organisation_zone
from baton.core.ui.asked import day_of, days_back, turned
from baton.core.ui.charts import FULL, Chart, Series, trend
from baton.core.ui.formats import day_words, grouped
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing, list_page
from baton.core.ui.slots import way_in
from baton.core.ui.spans import by_spans
from baton.marketing.capture.queries import channel_words
from baton.marketing.traffic.models import Traffic
from baton.marketing.traffic.permissions import VIEW_TRAFFIC
from baton.marketing.traffic.queries import (
    ChannelTraffic,
    TrafficShown,
    counted_between,
    traffic_of,
    visits_between,
)

PERIODS = (28, 91, 364)  # days, whole weeks
SYSTEMS = {"google_analytics": "Google Analytics"}


@dataclass(frozen=True)
class Asked:
    """Which days and which channel an address asks for; what is no day is no bound."""

    since: date | None
    until: date | None
    channel: str


def _asked(words: Mapping[str, Any]) -> Asked:
    channel = str(words.get("channel", ""))[:40]
    return Asked(day_of(words.get("from", "")), day_of(words.get("to", "")), channel)


def days_asked(user: User, words: Mapping[str, Any]) -> QuerySet[Traffic]:
    """What others counted, as far as the address asks."""
    asked = _asked(words)
    return counted_between(user, since=asked.since, until=asked.until, channel=asked.channel)


def _one_day(row: Traffic) -> str:
    return reverse("traffic:days") + f"?from={row.day.isoformat()}&to={row.day.isoformat()}"


_NARROWED = (
    Filter(name="channel", label=gettext_lazy("Channel")),
    Filter(name="from", label=gettext_lazy("From"), knows=lambda text: day_of(text) is not None),
    Filter(name="to", label=gettext_lazy("To"), knows=lambda text: day_of(text) is not None),
)
DAYS = Listing(
    name="traffic",
    columns=(
        Column(
            name="day",
            label=gettext_lazy("Day"),
            sort="day",
            value=lambda row: day_words(row.day, today=timezone.localdate()),
            plain=lambda row: row.day,
        ),
        Column(
            name="channel",
            label=gettext_lazy("Channel"),
            value=lambda row: channel_words(row.channel),
            on_phone=True,
        ),
        Column(name="group", label=gettext_lazy("As they call it")),
        Column(name="source", label=gettext_lazy("Source")),
        Column(name="medium", label=gettext_lazy("Medium")),
        Column(name="campaign", label=gettext_lazy("Campaign")),
        Column(
            name="sessions",
            label=gettext_lazy("Sessions"),
            kind="number",
            on_phone=True,
            adds="sessions",
        ),
        Column(name="users", label=gettext_lazy("Users"), kind="number"),
        Column(
            name="key_events",
            label=gettext_lazy("Key events"),
            kind="number",
            adds="key_events",
        ),
        Column(
            name="system",
            label=gettext_lazy("Counted by"),
            value=lambda row: SYSTEMS.get(row.system, row.system),
        ),
    ),
    order="-day",
    url=_one_day,
    second=lambda row: channel_words(row.channel),
    filters=_NARROWED,
    rows=days_asked,
    groupings=(
        Grouping(
            name="channel",
            label=gettext_lazy("Channel"),
            field="channel",
            named=lambda values: {one: channel_words(one) for one in values},
            empty=gettext_lazy("No channel"),
        ),
        *by_spans(Traffic, "day", gettext_lazy("Day")),
    ),
    empty=Empty(
        icon="visit",
        text=gettext_lazy("Nothing was counted then. Import a report of Google Analytics."),
    ),
)
VISITS = Listing(
    name="traffic-visits",
    columns=(
        Column(
            name="who", label=gettext_lazy("Who"), value=lambda row: row.person or _("A stranger")
        ),
        Column(
            name="channel",
            label=gettext_lazy("Channel"),
            value=lambda row: channel_words(row.channel),
        ),
        Column(name="source", label=gettext_lazy("Source")),
        Column(name="campaign", label=gettext_lazy("Campaign")),
        Column(name="landing_page", label=gettext_lazy("First page")),
        Column(
            name="started_at",
            label=gettext_lazy("When"),
            kind="when",
            sort="started_at",
            on_phone=True,
        ),
    ),
    order="-started_at",
    url=lambda row: reverse("capture:visit", args=[row.key]),
    second=lambda row: channel_words(row.channel),
    empty=Empty(icon="visit", text=gettext_lazy("Nobody who let us remember them came then.")),
)


@dataclass(frozen=True)
class Line:
    """A channel of the table, with the ways to what it counts."""

    label: str
    figures: ChannelTraffic
    days_url: str
    visits_url: str


@requires(VIEW_TRAFFIC)
@require_GET
@stands_at_once(gettext_lazy("Website traffic"))
def traffic(request: HtmxRequest) -> HttpResponse:
    """Sessions that others counted beside our own visits, by channel, of the latest weeks."""
    period = days_back(request.GET)
    period = period if period in PERIODS else PERIODS[1]
    until = timezone.localdate(timezone=organisation_zone())
    since = until - timedelta(days=period - 1)
    shown = traffic_of(cast(User, request.user), since=since, until=until)
    context = {
        "lines": [_line(one, since, until) for one in shown.channels],
        "total": _line(shown.total, since, until),
        "chart": _chart(shown) if shown.channels else None,
        "systems": ", ".join(SYSTEMS.get(name, name) for name in shown.systems),
        "periods": [(days, days == period) for days in PERIODS],
        "import_url": way_in(request.user),
        **_left_out(request, since, until),
    }
    return render(request, "traffic/traffic.html", context)


def _left_out(request: HtmxRequest, since: date, until: date) -> dict[str, Any]:
    """How many visits of our own staff and machines the figures are without."""
    user = cast(User, request.user)
    count = visits_between(user, since=since, until=until, is_internal=True).count()
    words = {"from": since.isoformat(), "to": until.isoformat(), "internal": "1"}
    return {"left_out": count, "left_out_url": f"{reverse('traffic:visits')}?{urlencode(words)}"}


@requires(VIEW_TRAFFIC)
@require_GET
def days(request: HtmxRequest) -> HttpResponse:
    """The rows of files behind a figure."""
    page = list_page(request, DAYS, days_asked(cast(User, request.user), request.GET))
    context = {"list": page, "views": views_of(request, DAYS), "narrowed": _narrowed(request)}
    return page_or_partial(request, "traffic/days.html", "list", context)


@requires(VIEW_TRAFFIC)
@require_GET
def visits(request: HtmxRequest) -> HttpResponse:
    """Our own visits behind a figure."""
    asked = _asked(request.GET)
    rows = visits_between(
        cast(User, request.user),
        since=asked.since,
        until=asked.until,
        channel=asked.channel,
        is_internal=bool(request.GET.get("internal")),
    )
    page = list_page(request, VISITS, rows.select_related("person"))
    context = {"list": page, "narrowed": _narrowed(request)}
    return page_or_partial(request, "traffic/visits.html", "list", context)


def _narrowed(request: HtmxRequest) -> list[tuple[str, str]]:
    """What is asked for in words, each with the address without it."""
    asked, today = _asked(request.GET), timezone.localdate()
    ends = [day_words(day, today=today) if day else "" for day in (asked.since, asked.until)]
    found = [
        (channel_words(asked.channel) if asked.channel else "", ("channel",)),
        (" – ".join(ends) if any(ends) else "", ("from", "to")),
        (_("Not counted: our own") if request.GET.get("internal") else "", ("internal",)),
    ]
    return [(words, turned(request.GET, without=names)) for words, names in found if words]


def _line(one: ChannelTraffic, since: date, until: date) -> Line:
    words = {"from": since.isoformat(), "to": until.isoformat()}
    asked = urlencode({"channel": one.channel, **words} if one.channel else words)
    return Line(
        label=channel_words(one.channel) if one.channel else _("All channels"),
        figures=one,
        days_url=f"{reverse('traffic:days')}?{asked}",
        visits_url=f"{reverse('traffic:visits')}?{asked}",
    )


def _chart(shown: TrafficShown) -> Chart:
    today = timezone.localdate()
    ours = Series(name=_("Our visits"), values=[week.visits for week in shown.weeks], css="old")
    series = [ours]
    if shown.systems:
        theirs = [week.sessions for week in shown.weeks]
        series = [Series(name=_("Sessions"), values=theirs), ours]
    return trend(
        series=series,
        labels=[day_words(week.until, today=today) for week in shown.weeks],
        sentence=_sentence(shown),
        width=FULL,
    )


def _sentence(shown: TrafficShown) -> str:
    visits = grouped(shown.total.visits)
    if shown.total.sessions is None:
        return _("Our visits: %(visits)s.") % {"visits": visits}
    words = _("Sessions: %(sessions)s. Our visits: %(visits)s.")
    return words % {"sessions": grouped(shown.total.sessions), "visits": visits}
