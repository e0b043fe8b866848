"""What every screen here begins with: who asks, and for which record they may see."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS


def user_of(request: HttpRequest) -> User:
    """The colleague at the screen; strangers were sent to sign in before any view."""
    return cast(User, request.user)


def campaign_or_404(
    request: HttpRequest, key: UUID, permission: Permission = VIEW_CAMPAIGNS
) -> Campaign:
    """The campaign, when this user reaches it with the permission."""
    found = Campaign.objects.visible_to(user_of(request), permission).select_related("owner")
    return get_object_or_404(found, key=key)


def cost_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_CAMPAIGNS) -> Cost:
    """The cost, when this user reaches it with the permission."""
    found = Cost.objects.visible_to(user_of(request), permission).select_related("campaign")
    return get_object_or_404(found, key=key)
