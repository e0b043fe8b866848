"""What every screen here begins with: who asks, and for which record they may see."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.permissions import VIEW_PAGES


def page_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_PAGES) -> Page:
    """The page, when this user reaches it with the permission."""
    pages = Page.objects.visible_to(user_of(request), permission)
    return get_object_or_404(pages.select_related("form", "brand"), key=key)


def form_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_PAGES) -> Form:
    """The form, when this user reaches it with the permission."""
    return get_object_or_404(Form.objects.visible_to(user_of(request), permission), key=key)
