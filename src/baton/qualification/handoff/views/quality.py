"""Lead quality: what sales answered, where marketing plans."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires
from baton.core.ui.htmx import HtmxRequest
from baton.marketing.capture.queries import channel_words
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries.quality import By, Quality, lead_quality
from baton.qualification.handoff.views.loading import on_their_clock, user_of
from baton.qualification.handoff.words import LANES

TITLES = {
    By.CAMPAIGN: _("Campaign"),
    By.CHANNEL: _("Channel"),
    By.PERSONA: _("Persona"),
    By.LANE: _("Why an MQL"),
}
PERIODS = {"1": _("This month"), "3": _("Three months"), "12": _("Twelve months")}


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def quality(request: HtmxRequest) -> HttpResponse:
    """Verdicts and reasons, by where the leads came from."""
    wanted, months = request.GET.get("by", ""), request.GET.get("months", "3")
    by = By(wanted) if wanted in set(By) else By.CAMPAIGN
    months = months if months in PERIODS else "3"
    today = timezone.localdate()
    since = today - timedelta(days=30 * (int(months) - 1))
    rows = lead_quality(user=user_of(request), by=by, since=since, until=today)
    context = {
        "by": by,
        "title_of_group": TITLES[by],
        "bys": [(str(one), title, one == by) for one, title in TITLES.items()],
        "periods": [(number, title, number == months) for number, title in PERIODS.items()],
        "months": months,
        "rows": [(_group(row.group, by=by), row) for row in rows],
        "totals": _totals(rows),
    }
    return render(request, "handoff/quality.html", context)


def _group(group: str, *, by: By) -> str:
    if not group:
        return str(_("No campaign") if by is By.CAMPAIGN else _("Unknown"))
    if by is By.CHANNEL:
        return str(channel_words(group))
    return str(LANES.get(group, group)) if by is By.LANE else group


def _totals(rows: list[Quality]) -> Quality:
    total = Quality(group="")
    for row in rows:
        total.handed += row.handed
        total.states.update(row.states)
        total.reasons.update(row.reasons)
    return total
