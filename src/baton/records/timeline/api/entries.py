"""What happened with a record."""

from typing import Any
from uuid import UUID

from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.records.timeline.api.about import subject_named
from baton.records.timeline.api.routes import router
from baton.records.timeline.api.shapes import EntriesOut
from baton.records.timeline.permissions import VIEW_TIMELINE
from baton.records.timeline.queries import timeline_of

MOST = 100


@router.get("/{kind}/{uuid:key}/entries", response=EntriesOut)
@needs(VIEW_TIMELINE)
def list_entries(
    request: Any, kind: str, key: UUID, side: str = "", before: str = "", limit: int = 30
) -> dict[str, Any]:
    """What happened with a person, company, deal or campaign, newest first."""
    found = subject_named(request.user, (kind, key), VIEW_TIMELINE)
    if side not in {"", "sales", "marketing"}:
        raise Problem(422, "The side is “sales” or “marketing”.")
    try:
        page = timeline_of(
            person_ids=found.person_ids,
            company_id=found.company.pk if found.company else None,
            deal_id=found.deal_id,
            campaign_id=found.campaign_id,
            side=side or None,
            before=before,
            limit=max(1, min(limit, MOST)),
            user=request.user,
        )
    except ValueError as error:
        raise Problem(422, "“before” is not a cursor that this API gave out.") from error
    return {"items": page.entries, "older": page.older}
