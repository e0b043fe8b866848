"""What routing has decided, round by round."""

from django.db.models import Exists, OuterRef, QuerySet

from baton.core.access.models import User
from baton.qualification.handoff.models import Handoff, Offer


def offers_seen(user: User) -> QuerySet[Offer]:
    """Of leads that the user sees, the latest first."""
    seen = Handoff.objects.visible_to(user).filter(pk=OuterRef("handoff"))
    rows = Offer.objects.filter(Exists(seen))  # asked of the latest, not gathered of all
    return rows.select_related("handoff__person", "rep", "pool").order_by("-offered_at", "-pk")
