"""The map as the company drew it, its figures, what is shown where, and the gaps."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.core.access.models import User
from baton.insight.journey.queries.drawn import spots
from baton.insight.journey.queries.figures import COUNTED, Asked, figures_of, people_behind
from baton.insight.journey.queries.showing import (
    Content,
    contents_of,
    living_personas,
    shown_to_choose,
)
from baton.insight.journey.rules import Code, Figures, Gap, Spot, Stall, gaps_of, stall_of
from baton.records.audience.models import Persona

__all__ = [
    "COUNTED",
    "Asked",
    "Content",
    "Journey",
    "Step",
    "gaps_now",
    "journey_of",
    "living_personas",
    "people_behind",
    "shown_to_choose",
    "spots",
]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage of the map with all that is known of it; ``gaps``: to whom nothing is shown."""

    spot: Spot
    figures: Figures
    contents: Sequence[Content]
    gaps: Sequence[Persona | None]
    stall: Stall | None


@dataclass(frozen=True, kw_only=True)
class Journey:
    steps: Sequence[Step]
    personas: Sequence[Persona]


def journey_of(asked: Asked, *, user: User) -> Journey:
    """A fixed number of queries, whatever there is."""
    drawn, personas = spots(), living_personas(user)
    figures = figures_of(asked, drawn)
    contents = contents_of(user)
    gaps = _named(_gaps(contents, personas), personas)
    stall = stall_of(figures)
    wanted = asked.persona
    return Journey(
        personas=personas,
        steps=[
            Step(
                spot=spot,
                figures=figures[spot.code],
                contents=[
                    one
                    for one in contents
                    if one.code is spot.code and (not wanted or one.persona in (None, wanted))
                ],
                gaps=[
                    persona
                    for code, persona in gaps
                    if code is spot.code and (not wanted or persona in (None, wanted))
                ],
                stall=stall if stall and stall.code is spot.code else None,
            )
            for spot in drawn
        ],
    )


def gaps_now(user: User) -> list[tuple[Spot, Persona | None]]:
    """Where nothing is shown; none before the company has said of anything that it is shown."""
    contents, personas = contents_of(user), living_personas(user)
    if not contents:
        return []
    by_code = {spot.code: spot for spot in spots()}
    return [
        (by_code[code], persona) for code, persona in _named(_gaps(contents, personas), personas)
    ]


def _gaps(contents: Sequence[Content], personas: Sequence[Persona]) -> list[Gap]:
    shown: dict[Code, set[int | None]] = {}
    for one in contents:
        shown.setdefault(one.code, set()).add(one.persona.pk if one.persona else None)
    return gaps_of(shown, [one.pk for one in personas])


def _named(gaps: list[Gap], personas: Sequence[Persona]) -> list[tuple[Code, Persona | None]]:
    by_id = {one.pk: one for one in personas}
    return [(gap.code, by_id[gap.persona] if gap.persona else None) for gap in gaps]
