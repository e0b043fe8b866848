"""Where the library has nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.records.audience.models import Persona
from baton.records.audience.queries import in_order
from baton.records.material.queries.proposing import shelf, today_here
from baton.records.material.queries.shelves import stages
from baton.records.material.rules import holes, unanswered
from baton.records.material.slots import deal_sides

LOOKED_BACK = timedelta(days=90)  # over what deals said


@dataclass(frozen=True, kw_only=True)
class Hole:
    """``asked``: what a form for new material is filled with."""

    words: str
    value: str
    asked: dict[str, str]
    tells: str = ""  # the field of deals that the words repeat


def holes_now(user: User, *, at: datetime) -> list[Hole]:
    """Stages in which a persona has nothing to read, and objections without an answer; none while
    the library is empty: then all of it is missing."""
    here = shelf(today_here(at))
    if not here.pieces:
        return []
    drawn = {stage.code: stage.name for stage in stages()}
    personas = {one.pk: one for one in in_order(Persona.objects.visible_to(user))}
    found = [
        Hole(
            words=drawn[code],
            value=_("nothing for %(who)s") % {"who": personas[who].name} if who else _("nothing"),
            asked={"stage": code} | ({"personas": str(personas[who].key)} if who else {}),
        )
        for code, who in holes(here.pieces, list(drawn), list(personas))
    ]
    for persona in personas.values():
        for objection in unanswered(here.pieces, persona.objections):
            asked = {"objection": objection, "personas": str(persona.key)}
            found.append(Hole(words=f"“{objection}”", value=persona.name, asked=asked))
    said = [one for side in deal_sides for one in side.objections(user, at - LOOKED_BACK)]
    known = [one for persona in personas.values() for one in persona.objections]
    alone = unanswered(here.pieces, [one for one in said if one not in known])
    return found + [
        Hole(
            words=f"“{objection}”",
            value=_("said in deals"),
            asked={"objection": objection},
            tells="objection",
        )
        for objection in alone
    ]
