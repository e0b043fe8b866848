"""What every screen here begins and ends with: for which record, and whether it was saved."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, QueryDict

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.errors import RuleViolation
from baton.records.timeline.queries import find_subject
from baton.records.timeline.slots import Subject


def subject_or_404(request: HttpRequest, kind: str, key: UUID, permission: Permission) -> Subject:
    """The record, if the user reaches it with the permission."""
    found = find_subject(kind, key=key, user=user_of(request), permission=permission)
    if found is None:
        raise Http404
    return found


def sent_by(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it nothing; None when it is only looked at."""
    return request.POST if request.method == "POST" else None


def saves(form: Form, act: Callable[[], object]) -> bool:
    """Whether the form was in order and the act went through; a refusal stands in the form then."""
    if not form.is_valid():
        return False
    try:
        act()
    except RuleViolation as no:
        form.add_error(None, str(no))
        return False
    return True
