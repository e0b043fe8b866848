"""What a draft would have meant, as it is read before it is signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.offers import Label
from baton.qualification.handoff.queries.effects import Effect, Told

EFFECTS: Mapping[Effect, Label] = {
    Effect.SCORED: _("People who passed the threshold"),
    Effect.RAISED: _("People who raised a hand"),
    Effect.ANSWERED: _("Accepted or rejected in time"),
    Effect.RESPONDED: _("First responses in time"),
}


@dataclass(frozen=True, kw_only=True)
class EffectShown:
    """One line: how many now, how many then, out of how many (None: a count)."""

    words: Label
    now: int
    then: int
    all: int | None
    url: str


def shown_effects(found: Iterable[Told]) -> list[EffectShown]:
    """In the order in which a lead meets the terms."""
    return [
        EffectShown(
            words=EFFECTS[one.effect],
            now=len(one.now),
            then=len(one.then),
            all=one.all,
            url=reverse("handoff:effect", args=[one.effect.value]),
        )
        for one in found
    ]
