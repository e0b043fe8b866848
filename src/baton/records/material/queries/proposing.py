"""What fits somebody, and what they were sent: a fixed number of kept questions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
from baton.core.settings.queries import organisation_zone
from baton.records.audience.models import Persona
from baton.records.audience.queries import persona_of
from baton.records.material.models import Material, MaterialUse
from baton.records.material.permissions import EDIT_MATERIAL, SEND_MATERIAL, VIEW_MATERIAL
from baton.records.material.queries.shelves import personas_by_material, stages, use_counts
from baton.records.material.rules import Fit, Piece, Reason, Wanted, fitting, path_of
from baton.records.material.slots import BuyerStage, Said, deal_sides, read_paths
from baton.records.material.words import REASONS
from baton.records.people.models import Person

MOST = 500  # of the library, looked at
AT_HAND = 4  # of what was sent, beside a record

_OFFERED = Prepared(
    lambda today: (
        Material.objects.living()
        .filter(is_retired=False)
        .exclude(valid_until__lt=today)
        .select_related("product")
        .order_by("pk")[:MOST]
    )
)
_SENT = Prepared(
    lambda user, person, most: (
        MaterialUse.objects.visible_to(user)
        .filter(person=person)
        .select_related("by", "material")
        .order_by("-at", "-pk")[:most]
    )
)
_SEEN: Prepared[int] = Prepared(
    lambda person: (
        MaterialUse.objects.living()
        .filter(person=person)
        .order_by()
        .values_list("material", flat=True)
    )
)


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """One material, and in words why."""

    material: Material
    why: list[str]
    text: str  # to be put into a mail


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One time that they were sent something."""

    use: MaterialUse
    text: str


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What material can be proposed at all, whom each is for."""

    materials: dict[int, Material]
    personas: dict[int, list[Persona]]
    pieces: list[Piece]


def text_of(material: Material) -> str:
    """The approved sentence and the link."""
    return "\n".join(part for part in (material.sentence or material.title, material.link) if part)


def shelf(today: date) -> Shelf:
    """Three queries, one where there is nothing. Whose personas are all gone is nobody's."""
    found = {one.pk: one for one in _OFFERED.rows(today=today)}
    personas, counts = personas_by_material(found), use_counts(found)
    return Shelf(
        materials=found,
        personas=personas,
        pieces=[
            Piece(
                material_id=one.pk,
                persona_ids=frozenset(persona.pk for persona in personas[one.pk]),
                stage=one.stage,
                language=one.language,
                objection=one.objection,
                competitor=one.competitor,
                product_id=one.product_id,
                use_count=counts.get(one.pk, 0),
            )
            for one in found.values()
        ],
    )


def propose(
    person: Person, *, today: date, said: Said | None = None, most: int = 3
) -> list[Proposed]:
    """The few that fit best, but for what they were sent or read. ``said``: of their deal."""
    here = shelf(today)
    if not here.pieces:
        return []
    belonging = persona_of(person)
    persona = belonging.link.persona if belonging else None
    now = next((one for one in stages() if person.stage in one.stages), None)
    wanted = Wanted(
        persona_id=persona.pk if persona else None,
        stage=now.code if now else "",
        language=person.language,
        usual=persona.objections if persona else (),
    )
    if said:
        wanted = replace(
            wanted,
            objection=said.objection,
            competitor=said.competitor,
            product_ids=said.product_ids,
        )
    fits = fitting(here.pieces, wanted, seen=_seen(person, here), most=most)
    return [_proposed(fit, here, persona=persona, now=now) for fit in fits]


def material_beside(
    person: Person, *, user: User, at: datetime, said: Said | None = None, most: int = 3
) -> dict[str, Any]:
    """What ``material/panel.html`` draws beside a record. ``said``: of the deal whose page it is,
    else of their newest open one."""
    may_send = user.may(SEND_MATERIAL) and user.may(VIEW_MATERIAL)
    said = said or (said_in_deal(person, user=user) if may_send else None)
    today = today_here(at)
    return {
        "person": person,
        "proposed": propose(person, today=today, said=said, most=most) if may_send else [],
        "sent": was_sent(person, user=user, most=max(most, AT_HAND)),
        "may_send": may_send,
        "may_write_material": user.may(EDIT_MATERIAL),
    }


def said_in_deal(person: Person, *, user: User) -> Said | None:
    """What is known of their newest open deal; None without one that the user sees."""
    return next((said for side in deal_sides if (said := side.said(person.pk, user))), None)


def was_sent(person: Person, *, user: User, most: int = AT_HAND) -> list[Sent]:
    """The latest first."""
    rows = _SENT.rows(user=user, person=person.pk, most=Fixed(most))
    return [Sent(use=row, text=text_of(row.material)) for row in rows]


def today_here(at: datetime) -> date:
    """The company's day of a moment."""
    return at.astimezone(organisation_zone()).date()


def _seen(person: Person, here: Shelf) -> set[int]:
    """What they were sent, and what they read without being sent it."""
    seen = set(_SEEN.rows(person=person.pk))
    paths = {pk: path for pk, one in here.materials.items() if (path := path_of(one.link))}
    read = {path for ask in read_paths for path in ask(person.pk, sorted(set(paths.values())))}
    return seen | {pk for pk, path in paths.items() if path in read}


def _proposed(
    fit: Fit, here: Shelf, *, persona: Persona | None, now: BuyerStage | None
) -> Proposed:
    material = here.materials[fit.material_id]
    words = {
        Reason.OBJECTION: material.objection,
        Reason.RIVAL: material.competitor,
        Reason.PERSONA: persona.name if persona else "",
        Reason.PRODUCT: material.product.name if material.product else "",
        Reason.USUAL: material.objection,
        Reason.STAGE: now.name if now else "",
        Reason.LANGUAGE: "",
    }
    shown: Sequence[Reason] = fit.reasons
    if Reason.OBJECTION in shown:  # once is enough
        shown = [one for one in shown if one is not Reason.USUAL]
    return Proposed(
        material=material,
        why=[_(str(REASONS[one])) % {"what": words[one]} for one in shown],
        text=text_of(material),
    )
