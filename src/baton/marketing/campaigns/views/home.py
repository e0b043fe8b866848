"""What campaigns show on the first page of the day."""

from datetime import timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy

from baton.core.access.doors import user_of
from baton.core.home.slots import MARKETERS, OWNERS, Counts, HomeBlock, HomePlace
from baton.core.settings.queries import organisation
from baton.marketing.campaigns.permissions import EDIT_CAMPAIGNS, VIEW_CAMPAIGNS
from baton.marketing.campaigns.queries import running_on
from baton.marketing.capture.queries import channel_words

FEW, DAYS = 5, 28


def running_block(request: HttpRequest) -> str:
    """The campaigns that run today: what they brought, and what they cost."""
    user, since = user_of(request), timezone.localtime() - timedelta(days=DAYS)
    found = running_on(timezone.localdate(), since=since, user=user, most=FEW)
    context = {
        "rows": [(one, channel_words(one.campaign.channel)) for one in found],
        "days": DAYS,
        "currency": organisation().base_currency,
        "may_edit": user.may(EDIT_CAMPAIGNS),
    }
    return render_to_string("campaigns/home_running.html", context, request=request)


BLOCKS = (
    HomeBlock(
        name="campaigns",
        render=running_block,
        place=HomePlace.MAIN,
        order=40,
        permission=VIEW_CAMPAIGNS.name,
        roles=MARKETERS | OWNERS,
        counts=Counts(title=gettext_lazy("Campaigns running"), desk=215, phone=229),
    ),
)
