"""What every screen here begins with: who asks, and for which record they may see."""

from functools import cache
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.prepared import Prepared
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS


def campaign_or_404(
    request: HttpRequest, key: UUID, permission: Permission = VIEW_CAMPAIGNS
) -> Campaign:
    """The campaign, when this user reaches it with the permission."""
    found = _campaigns(permission).first(user=user_of(request), key=key)
    if found is None:
        raise Http404
    return found


@cache
def _campaigns(permission: Permission) -> Prepared[Campaign]:
    """What finds a campaign for those who have the permission."""
    return Prepared(
        lambda user, key: (
            Campaign.objects.visible_to(user, permission).filter(key=key).select_related("owner")
        )
    )


def cost_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_CAMPAIGNS) -> Cost:
    """The cost, when this user reaches it with the permission."""
    found = Cost.objects.visible_to(user_of(request), permission).select_related("campaign")
    return get_object_or_404(found, key=key)
