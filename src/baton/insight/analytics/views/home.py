"""What the reports show on the first page of the day."""

from datetime import timedelta
from functools import partial

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.doors import user_of
from baton.core.home.slots import LOOKERS, MARKETERS, OWNERS, Counts, HomeBlock, HomePlace
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, money
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries import today
from baton.insight.analytics.queries.day import Loop, Week, loop_of, weeks_of
from baton.insight.analytics.rules import Period
from baton.insight.analytics.views.addresses import Address, days
from baton.insight.analytics.views.kpis import Kpi
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS

DAYS = 30
WEEKS = 4


def loop_block(request: HttpRequest) -> str:
    """From leads to money in one row."""
    user, now = user_of(request), today()
    loop = loop_of(user, since=now - timedelta(days=DAYS - 1), until=now)
    kpis = _kpis(loop, currency=organisation().base_currency)
    if not user.may(VIEW_CAMPAIGNS):
        kpis.pop()
    url = Address({}).of(loop.period).to("closed-loop")
    context = {"kpis": kpis, "url": url, "days": DAYS}
    return render_to_string("analytics/home_loop.html", context, request=request)


def _kpis(loop: Loop, *, currency: str) -> list[Kpi]:
    address, asked = Address({}).of(loop.period), urlencode(_named(loop.period))
    amount = partial(money, currency=currency, short=True)
    deals = ngettext("%(n)s deal", "%(n)s deals", loop.won) % {"n": grouped(loop.won)}
    won_url = address.to("deals", column="won")
    kpis = [
        Kpi(
            label=_("Leads"),
            term="lead",
            value=grouped(loop.leads),
            url=address.to("people", column="leads"),
        ),
        Kpi(
            label=_("MQLs"),
            term="mql",
            value=grouped(loop.mqls),
            url=f"{reverse('handoff:handed')}?{asked}",
        ),
        Kpi(label=_("Won"), term="won-amount", value=deals, url=won_url),
        Kpi(label=_("Revenue"), term="won-amount", value=amount(loop.revenue), url=won_url),
        Kpi(
            label=_("Cost"),
            term="cost",
            value=amount(loop.cost),
            url=f"{reverse('campaigns:costs')}?{asked}",
        ),
    ]
    if loop.revenue is None:
        del kpis[-2]
    return kpis


def weeks_block(request: HttpRequest) -> str:
    """Leads and MQLs this week beside the same days of the weeks before."""
    weeks = weeks_of(user_of(request), today=today(), count=WEEKS)
    context = {
        "weeks": [_Linked(week) for week in weeks],
        "is_empty": not any(week.leads or week.mqls for week in weeks),
    }
    return render_to_string("analytics/home_weeks.html", context, request=request)


class _Linked:
    """A week, and where its figures are listed."""

    def __init__(self, week: Week) -> None:
        period = Period(week.since, week.until)
        self.week = week
        self.leads_url = Address({}).of(period).to("people", column="leads")
        self.mqls_url = f"{reverse('handoff:handed')}?{urlencode(_named(period))}"


def _named(period: Period) -> dict[str, str]:
    return {name: day for name, day in days(period).items() if day}


BLOCKS = (
    HomeBlock(
        name="loop",
        render=loop_block,
        place=HomePlace.TOP,
        order=15,
        permission=VIEW_REPORTS.name,
        roles=OWNERS | LOOKERS,
        counts=Counts(title=gettext_lazy("The loop"), desk=109, phone=235),
    ),
    HomeBlock(
        name="weeks",
        render=weeks_block,
        place=HomePlace.MAIN,
        order=12,
        permission=VIEW_REPORTS.name,
        roles=MARKETERS | OWNERS,
        counts=Counts(title=gettext_lazy("This week"), desk=150, phone=150),
    ),
)
