"""What marketing says to a verdict, or to why a deal was lost."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import HandoffMore, router
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import REPLY_TO_VERDICTS


class ReplyIn(Schema):
    """``kind``: mended, disputed or agreed; a dispute says why in ``note``."""

    kind: str = Field(max_length=12)
    note: str = Field("", max_length=2000)


@router.post("/{uuid:key}/reply/", response=HandoffMore, operation_id="reply_to_verdict")
@needs(REPLY_TO_VERDICTS)
def reply(request: HttpRequest, key: UUID, sent: ReplyIn) -> Any:
    """Marketing answers the verdict, or why the deal was lost that came of the lead (``lost``); a
    second answer replaces the first."""
    user = user_of(request)
    found = get_object_or_404(Handoff.objects.visible_to(user), key=key)
    actions.reply_to_verdict(handoff=found, by=user, at=timezone.now(), **sent.dict())
    return Handoff.objects.select_related("person", "rep", "agreement").get(pk=found.pk)
