"""What a draft would have meant, as it is read before it is signed."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.offers import Label
from baton.qualification.handoff.kinds import part_url
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.effects import Effect, effects
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.slots import EffectShown, kept_above

_OF_MARKETING: Mapping[Effect, Label] = {
    Effect.SCORED: _("People who passed the threshold"),
    Effect.RAISED: _("People who raised a hand"),
    Effect.ANSWERED: _("Accepted or rejected in time"),
    Effect.RESPONDED: _("First responses in time"),
}
# SDRs hand on whom they qualified, whatever their score and form.
_OF_EXECUTIVES: Mapping[Effect, Label] = {
    Effect.ANSWERED: _("Taken over or turned down in time"),
    Effect.RESPONDED: _("Talked or met in time"),
}
EFFECTS: Mapping[str, Mapping[Effect, Label]] = {
    Kind.MARKETING: _OF_MARKETING,
    Kind.EXECUTIVE: _OF_EXECUTIVES,
}


def shown_effects(
    now: Agreement | None, then: Agreement | None, *, user: User, at: datetime
) -> list[EffectShown]:
    """In the order in which a lead meets the terms; of those alone who propose and sign."""
    if now is None or then is None:
        return []
    above = kept_above.find(now.kind)
    if above:
        return above.effects(now, then, user, at)
    words = EFFECTS[now.kind]
    found = effects(now=now, then=then, user=user, at=at, wanted=[*words])
    return [
        EffectShown(
            words=words[one.effect],
            now=len(one.now),
            then=len(one.then),
            all=one.all,
            url=part_url(now.kind, "effect", one.effect.value),
        )
        for one in found
    ]
