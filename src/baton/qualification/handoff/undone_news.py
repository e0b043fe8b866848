"""What was told of an answer and is not so any more: who has read it hears that, too."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.addresses import address
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.core.notices.slots import News, NoticeKind
from baton.qualification.handoff.events import AnswerUndone
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.notices import seen
from baton.qualification.handoff.permissions import VIEW_HANDOFFS


def tell_undone(facts: Sequence[AnswerUndone]) -> Iterable[News]:
    """To who had read, or was sent, what the answer told: for the others it is gone."""
    ids = {fact.handoff_id for fact in facts}
    found = Handoff.objects.select_related("person").in_bulk(ids)
    known = [(fact, found[fact.handoff_id]) for fact in facts if fact.handoff_id in found]
    for fact, handoff in known:
        for user_id in _who_knows(fact):
            yield News(
                user_id=user_id,
                cause=f"fact {fact.id}",
                what=handoff.person.full_name,
                url=address("handoff:lead", handoff.key),
                at=fact.happened_at,
                about_id=handoff.pk,
            )


def _who_knows(fact: AnswerUndone) -> set[int]:
    told = FactRecord.objects.filter(batch=fact.undone).values_list("pk", flat=True)
    notices = Notice.objects.filter(cause__in=[f"fact {pk}" for pk in told])
    return set(notices.values_list("user_id", flat=True)) - {fact.actor_id or 0}


UNDONE = NoticeKind(
    name="lead.answer_undone",
    label=_("An answer to a lead, of which I was told, is taken back"),
    title=_("The answer to %(what)s is taken back"),
    many=_("The answers to %(n)s leads are taken back"),
    icon="undo",
    many_url=lambda: reverse("handoff:quality"),
    fact=AnswerUndone,
    tell=tell_undone,
    seen=seen,
    permission=VIEW_HANDOFFS.name,
)
