"""Which verdicts teach nothing: the reasons that sales gives, and what marketing says to them."""

from collections.abc import Collection

from django.db.models import Max, Q

from baton.core.bulk import one_of
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.lost import with_losses, with_lost_deals
from baton.qualification.handoff.queries.replies import ANSWERS_LOSS
from baton.qualification.handoff.rules import AGAINST, OURS, ReplyKind, State


def people_untold() -> set[int]:
    """Ids of people who were turned down as bad data, duplicate or customer already, which says
    nothing of whether they would have bought; or whose verdict, or lost deal, has a reason that
    marketing disputes. A later no of theirs that says something counts instead."""
    untold = _untold()
    if not untold:
        return set()
    latest: dict[int, int] = {}
    for pk, person_id in untold.items():
        latest[person_id] = max(pk, latest.get(person_id, 0))
    told = _told(latest, but=untold)
    return {person_id for person_id, pk in latest.items() if told.get(person_id, 0) < pk}


def _untold() -> dict[int, int]:
    """By handoff whose it is. Few answers speak of a loss: no other handoff is asked for its."""
    rows = Handoff.objects.to_sales().order_by()
    is_ours = Q(state=State.REJECTED, verdict__in=OURS)
    disputed = Q(reply__kind=ReplyKind.DISPUTED)
    verdicts = rows.filter(is_ours | disputed & Q(state__in=AGAINST))
    about_losses = rows.filter(disputed, reply__deal_id__isnull=False)
    losses = with_lost_deals(about_losses, user=None).filter(ANSWERS_LOSS)
    return dict([*verdicts.values_list("pk", "person"), *losses.values_list("pk", "person")])


def _told(people: Collection[int], *, but: Collection[int]) -> dict[int, int]:
    """By person their latest no that says something."""
    theirs = Handoff.objects.to_sales().filter(person__in=one_of(list(people)))
    rows = with_losses(theirs.exclude(pk__in=one_of(list(but))), user=None).order_by()
    against = rows.filter(Q(state__in=AGAINST) | Q(lost__isnull=False))
    return dict(against.values_list("person").annotate(Max("pk")))
