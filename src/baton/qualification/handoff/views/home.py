"""What the handoff shows on the first page of the day."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from baton.core.home.slots import MANAGERS, OWNERS, SELLERS, HomeBlock, HomePlace
from baton.qualification.handoff.desk import drawn
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries.desk import MINE, rows_of, waiting_for
from baton.qualification.handoff.views.loading import on_their_clock, user_of

FEW = 5


@on_their_clock
def leads_block(request: HttpRequest) -> str:
    """One's own leads with their clocks, the most urgent first."""
    user, now = user_of(request), timezone.now()
    rows = rows_of(user, MINE, most=FEW)
    context = {
        "rows": list(drawn(rows, tab=MINE, user=user, now=now)),
        "waiting": waiting_for(user, at=now),
    }
    return render_to_string("handoff/home_leads.html", context, request=request)


BLOCKS = (
    HomeBlock(
        name="leads",
        render=leads_block,
        place=HomePlace.MAIN,
        order=10,
        permission=ANSWER_HANDOFFS.name,
        roles=SELLERS | MANAGERS | OWNERS,
    ),
)
