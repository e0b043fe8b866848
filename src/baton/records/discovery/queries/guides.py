"""Guides in their order, and the one that fits a person."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.audience.models import Persona
from baton.records.audience.queries import persona_of
from baton.records.discovery.models import Guide, GuidePersona, GuideQuerySet
from baton.records.discovery.rules import Known, default_of, fitting
from baton.records.people.models import Person
from baton.records.timeline.models import Draft

DRAFTS = "guide"  # kind of the drafts in which answers are typed


def in_order(guides: GuideQuerySet) -> GuideQuerySet:
    """As they are tried."""
    return guides.order_by("position", "pk")


_GUIDES = Prepared(lambda user: in_order(Guide.objects.visible_to(user)))
_LINKS = Prepared(
    lambda ids: (
        GuidePersona.objects.filter(guide__in=ids)
        .select_related("persona")
        .order_by("persona__position", "pk")
    )
)
_DRAFT = Prepared(lambda user, kind, key: Draft.objects.filter(user=user, kind=kind, key=key)[:1])


@dataclass(frozen=True, kw_only=True)
class GuideRow:
    """A guide of the list, whom it is for, and whether it is the one for all others."""

    guide: Guide
    personas: list[Persona]
    known: Known
    is_default: bool


@dataclass(frozen=True, kw_only=True)
class Offered:
    """The guide that stands on the screen, why, and the others that may be taken."""

    guide: Guide
    why: str
    others: list[Guide]


def guide_rows(user: User) -> list[GuideRow]:
    """All that live, in their order: two queries. A guide whose personas are all gone is nobody's,
    never everybody's."""
    guides = _GUIDES.rows(user=user)
    links: dict[int, list[Persona]] = defaultdict(list)
    for link in _LINKS.rows(ids=[guide.pk for guide in guides]) if guides else ():
        links[link.guide_id].append(link.persona)
    known = {guide.pk: _known(guide, links[guide.pk]) for guide in guides}
    first = default_of(list(known.values()))
    return [
        GuideRow(
            guide=guide,
            personas=[one for one in links[guide.pk] if one.deleted_at is None],
            known=known[guide.pk],
            is_default=guide.pk == first,
        )
        for guide in guides
    ]


def offered_to(person: Person, *, user: User, key: UUID | None = None) -> Offered | None:
    """The guide with that ``key``, else the one that fits; None where there is none at all."""
    rows = guide_rows(user)
    if not rows:
        return None
    belonging = persona_of(person)
    persona = belonging.link.persona if belonging else None
    fits = fitting([row.known for row in rows], persona_id=persona.pk if persona else None)
    chosen = next((row for row in rows if row.guide.key == key), None)
    shown = chosen or next((row for row in rows if row.guide.pk == fits), rows[0])
    return Offered(
        guide=shown.guide,
        why=_why(shown, persona=persona, fits=fits),
        others=[row.guide for row in rows if row is not shown],
    )


def draft_kept(*, user: User, key: UUID) -> Mapping[str, str]:
    """What this user typed about the person with that key and did not send."""
    kept = _DRAFT.first(user=user.pk, kind=DRAFTS, key=key)
    return kept.values if kept else {}


def guides_that_fill(key: str) -> list[str]:
    """Names of the living guides one of whose answers fills that field."""
    return [
        guide.name
        for guide in in_order(Guide.objects.living())
        if key in {question.fills for question in guide.asked()}
    ]


def _known(guide: Guide, personas: list[Persona]) -> Known:
    return Known(guide_id=guide.pk, persona_ids=frozenset(one.pk for one in personas))


def _why(row: GuideRow, *, persona: Persona | None, fits: int | None) -> str:
    if row.guide.pk != fits:
        return _("You chose it.") if fits else _("No guide is for them yet: this is the first.")
    if persona and persona in row.personas:
        return _("Because they are: %(persona)s.") % {"persona": persona.name}
    return _("For everybody who has no guide of their own.")
