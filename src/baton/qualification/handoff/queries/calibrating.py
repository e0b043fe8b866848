"""Which verdicts teach nothing: the reasons that sales gives, and what marketing says to them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.lost import with_lost_deals
from baton.qualification.handoff.queries.replies import ANSWERS_LOSS
from baton.qualification.handoff.rules import AGAINST, OURS, ReplyKind, State


def people_untold() -> QuerySet[Handoff, Any]:
    """Ids of people who were turned down as bad data, duplicate or customer already, which says
    nothing of whether they would have bought; or whose verdict, or lost deal, has a reason that
    marketing disputes. A later no of theirs that says something counts instead."""
    is_ours = Q(state=State.REJECTED, verdict__in=OURS)
    answered = Q(state__in=AGAINST) | (Q(lost__isnull=False) & ANSWERS_LOSS)
    disputed = Q(reply__kind=ReplyKind.DISPUTED) & answered
    rows = with_lost_deals(Handoff.objects.to_sales(), user=None)
    against = rows.filter(Q(state__in=AGAINST) | Q(lost__isnull=False))
    untold = against.filter(is_ours | disputed)
    later = against.exclude(pk__in=untold.order_by().values("pk")).filter(
        person=OuterRef("person"), pk__gt=OuterRef("pk")
    )
    told: QuerySet[Handoff, Any] = untold.filter(~Exists(later.order_by())).order_by()
    return told.values_list("person", flat=True).distinct()
