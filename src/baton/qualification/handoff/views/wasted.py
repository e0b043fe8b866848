"""Leads that nobody answered, and what they cost: beside lead quality, and on campaigns."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.rules import same_code
from baton.qualification.handoff.behind import listed
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries.attainment import months_before, months_up_to
from baton.qualification.handoff.queries.quality import By, Question, handed_between
from baton.qualification.handoff.queries.wasted import (
    Wasted,
    campaigns_in_vain,
    never_answered,
    waste_of,
)
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.views.quality import PERIODS, months_of

YEAR = "12"


def handed_over(user: User, *, months: str) -> HandoffQuerySet:
    """By marketing, in so many months up to the present one."""
    today = timezone.localdate()
    since = months_before(today, count=int(months) - 1)
    return handed_between(Question(by=By.CAMPAIGN, since=since, until=today, user=user))


def wasted_url(months: str, codes: Iterable[str] | None = None) -> str:
    """``codes``: of one campaign, as links spelled it."""
    asked: list[tuple[str, str]] = [("months", months)]
    asked += [("code", code) for code in codes or ()]
    return f"{reverse('handoff:wasted')}?{urlencode(asked)}"


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def wasted(request: HtmxRequest) -> HttpResponse:
    """By campaign what they cost, and who they are; ``?code`` lists those of one campaign."""
    user, now, months = user_of(request), timezone.now(), months_of(request)
    handed = handed_over(user, months=months)
    waste = waste_of(handed, user=user, at=now)
    rows = never_answered(handed, at=now)
    codes = request.GET.getlist("code")
    if codes:
        rows = rows.filter(person__campaign__in=codes)
    context = {
        "waste": waste,
        "rows": [_row(one, months=months) for one in waste.groups],
        "base": organisation().base_currency,
        "title": _("Nobody answered"),
        "period": PERIODS[months],
        **listed(rows, user=user),
        "all_url": wasted_url(months),
        "back_url": f"{reverse('handoff:quality')}?{urlencode({'months': months})}",
    }
    return render(request, "handoff/wasted.html", context)


def _row(one: Wasted, *, months: str) -> dict[str, object]:
    return {
        "campaign": one.campaign,
        "count": one.count,
        "each": one.each,
        "cost": one.cost,
        "url": wasted_url(months, one.codes),
    }


def campaign_card(request: HttpRequest, campaign: Campaign) -> str:
    """Nothing where everybody whom it brought was answered."""
    user, now = user_of(request), timezone.now()
    year = months_up_to(timezone.localdate(), count=int(YEAR))
    in_vain = campaigns_in_vain(year, user=user, at=now)
    spelled = [code for code in in_vain if same_code(code) == same_code(campaign.code)]
    if not spelled:
        return ""
    handed = handed_over(user, months=YEAR).filter(person__campaign__in=spelled)
    waste = waste_of(handed, user=user, at=now)
    if not waste.count:
        return ""
    context = {
        "waste": waste,
        "base": organisation().base_currency,
        "url": wasted_url(YEAR, spelled),
    }
    return render_to_string("handoff/campaign_card.html", context, request=request)
