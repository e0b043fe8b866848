"""Whoever made an endpoint hears that nothing is sent there any more."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.notices.actions import tell
from baton.core.notices.rules import MAILED
from baton.core.notices.slots import News, NoticeKind
from baton.operations.integrations.models import Endpoint
from baton.operations.integrations.permissions import MANAGE_INTEGRATIONS

GIVEN_UP = NoticeKind(
    name="webhook.given_up",
    label=_("A webhook of mine was switched off"),
    title=_("Nothing got through for five days, switched off: %(what)s"),
    many=_("%(n)s webhooks were switched off"),
    icon="alert",
    many_url=lambda: reverse("integrations:endpoints"),
    permission=MANAGE_INTEGRATIONS.name,
    ways=MAILED,
)


def tell_given_up(endpoint: Endpoint, *, at: datetime) -> None:
    """Once for each time that it happens."""
    if endpoint.made_by_id is None:
        return
    one = News(
        user_id=endpoint.made_by_id,
        cause=f"endpoint {endpoint.pk} {at.date()}",
        what=str(endpoint),
        url=reverse("integrations:endpoint", args=[endpoint.key]),
        at=at,
    )
    tell(GIVEN_UP, [one])
