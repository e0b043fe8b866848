"""Why the deal was lost that came of a lead: told with the lead quality, where marketing plans."""

from django.db.models import Case, Exists, OuterRef, Subquery, TextField, When
from django.db.models.expressions import Combinable

from baton.core.access.models import User
from baton.core.access.visibility import within
from baton.qualification.handoff.models import Handoff
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import VIEW_DEALS
from baton.sales.deals.rules import StageKind


def why_lost(user: User) -> Combinable:
    """Of a row of handoffs the reason of the deal of that person, opened since, and before they
    were handed over again. NULL while another one of theirs is open or won, and of a deal that the
    user does not see."""
    again = Handoff.objects.to_sales().filter(
        person=OuterRef("person"),
        made_at__gt=OuterRef(OuterRef("made_at")),
        made_at__lte=OuterRef("opened_at"),
    )
    came = Deal.objects.living().filter(
        ~Exists(again), person=OuterRef("person"), opened_at__gte=OuterRef("made_at")
    )
    is_lost = Case(When(state=StageKind.LOST, then=1), default=0)
    seen = Case(
        When(within(user, VIEW_DEALS, shared_as="deal"), state=StageKind.LOST, then="reason")
    )
    latest = came.order_by(is_lost, "-opened_at", "-pk").values_list(seen, flat=True)[:1]
    return Subquery(latest, output_field=TextField())
