"""What pages and forms show on the first page of the day."""

from datetime import timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy

from baton.core.access.doors import user_of
from baton.core.home.slots import MARKETERS, OWNERS, Counts, HomeBlock, HomePlace
from baton.marketing.capture.permissions import VIEW_PAGES
from baton.marketing.capture.queries import brought_since

FEW, DAYS = 5, 28


def brought_block(request: HttpRequest) -> str:
    """Which forms brought somebody lately, and from which pages."""
    since = timezone.localtime() - timedelta(days=DAYS)
    rows = brought_since(since, user=user_of(request), most=FEW)
    context = {"rows": rows, "days": DAYS}
    return render_to_string("capture/home_brought.html", context, request=request)


BLOCKS = (
    HomeBlock(
        name="forms",
        render=brought_block,
        place=HomePlace.SIDE,
        order=20,
        permission=VIEW_PAGES.name,
        roles=MARKETERS | OWNERS,
        counts=Counts(title=gettext_lazy("Forms sent"), desk=222, phone=296),
    ),
)
