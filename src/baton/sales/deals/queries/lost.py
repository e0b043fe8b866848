"""Why the deal was lost that came of a lead: told with the lead quality, where marketing plans."""

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable

from baton.core.access.models import User
from baton.core.access.visibility import within
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.slots import Loss
from baton.sales.deals.models import Deal, StageEntry
from baton.sales.deals.permissions import VIEW_DEALS
from baton.sales.deals.rules import StageKind


def why_lost(user: User | None) -> Combinable:
    """Of a row of handoffs the reason of the deal of that person, opened since, and before they
    were handed over again. NULL while another one of theirs is open or won, and of a deal that the
    user does not see."""
    return _of_lost_deal("reason", user=user)


def which_was_lost(user: User | None) -> Combinable:
    """The id of that deal."""
    return _of_lost_deal("pk", user=user)


def _of_lost_deal(field: str, *, user: User | None) -> Combinable:
    again = Handoff.objects.to_sales().filter(
        person=OuterRef("person"),
        made_at__gt=OuterRef(OuterRef("made_at")),
        made_at__lte=OuterRef("opened_at"),
    )
    came = Deal.objects.living().filter(
        ~Exists(again), person=OuterRef("person"), opened_at__gte=OuterRef("made_at")
    )
    is_lost = Case(When(state=StageKind.LOST, then=1), default=0)
    seen = within(user, VIEW_DEALS, shared_as="deal") if user else Q()
    told = Case(When(seen & Q(state=StageKind.LOST), then=F(field)))
    return Subquery(
        came.order_by(is_lost, "-opened_at", "-pk").annotate(told=told).values("told")[:1]
    )


def loss_of(deal_id: int) -> Loss:
    """Who said why is who closed it; the owner, where nobody did by hand."""
    deal = Deal.objects.select_related("owner").get(pk=deal_id)
    stay = StageEntry.objects.filter(deal=deal, left_at=None).select_related("by").first()
    return Loss(
        deal_id=deal.pk,
        deal_key=deal.key,
        reason=deal.reason,
        note=", ".join(filter(None, [deal.objection, deal.competitor])),
        by=(stay.by if stay else None) or deal.owner,
        at=deal.closed_at,
        url=deal.get_absolute_url(),
    )
