"""Which verdicts teach nothing: the reasons that sales gives, and what marketing says to them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import AGAINST, OURS, ReplyKind, State


def people_untold() -> QuerySet[Handoff, Any]:
    """Ids of people who were turned down as bad data, duplicate or customer already, which says
    nothing of whether they would have bought; or for a reason that marketing disputes. A later no
    of theirs that says something counts instead."""
    is_ours = Q(state=State.REJECTED, verdict__in=OURS)
    disputed = Q(state__in=AGAINST, reply__kind=ReplyKind.DISPUTED)
    against = Handoff.objects.to_sales().filter(state__in=AGAINST)
    untold = against.filter(is_ours | disputed)
    later = against.exclude(pk__in=untold.order_by().values("pk")).filter(
        person=OuterRef("person"), pk__gt=OuterRef("pk")
    )
    rows = untold.filter(~Exists(later.order_by()))
    return rows.order_by().values_list("person", flat=True).distinct()
