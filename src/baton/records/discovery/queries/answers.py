"""What was answered, as far as whoever reads may see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.addresses import address
from baton.core.editing.filling import is_hidden
from baton.core.offers import Telling
from baton.core.prepared import Fixed, Prepared
from baton.records.discovery.events import DiscoveryAnswered
from baton.records.discovery.models import Discovery
from baton.records.people.models import Person

AT_HAND = 5  # times that somebody was asked, beside the record

_OF_PERSON = Prepared(
    lambda user, person, most: (
        Discovery.objects.visible_to(user)
        .filter(person=person)
        .select_related("by", "person")
        .order_by("-at", "-pk")[:most]
    )
)


def _ids_of_deal(user: Any, deal: Any, people: Any, most: int) -> QuerySet[Any, Any]:
    """By themselves: together with the join SQLite reads all people first."""
    rows = Discovery.objects.visible_to(user)
    told = rows.filter(Q(deal_id=deal) | Q(person__in=people, deal_id=None))
    return told.order_by("-at", "-pk").values("pk")[:most]


_OF_DEAL = Prepared(
    lambda user, deal, people, most: (
        Discovery.objects.filter(pk__in=_ids_of_deal(user, deal, people, most))
        .select_related("by", "person")
        .order_by("-at", "-pk")
    )
)
_BY_ID = Prepared(lambda ids: Discovery.objects.filter(deleted_at=None, pk__in=ids))


@dataclass(frozen=True, kw_only=True)
class AnswersShown:
    """One time that somebody was asked; without what fills fields that the reader does not see."""

    discovery: Discovery
    answers: list[Mapping[str, Any]]


def answers_of(person: Person, *, user: User) -> list[AnswersShown]:
    """The latest first."""
    return _shown(_OF_PERSON.rows(user=user, person=person.pk, most=Fixed(AT_HAND)))


def answers_of_deal(deal_id: int, *, person_ids: Collection[int], user: User) -> list[AnswersShown]:
    """What was told in that deal, and by its people when there was none; the latest first."""
    people = sorted(person_ids)
    return _shown(_OF_DEAL.rows(user=user, deal=deal_id, people=people, most=Fixed(AT_HAND)))


def answers_before_sale(deal_id: int | None, *, person_id: int | None) -> list[AnswersShown]:
    """What was told in that deal, and by who bought when there was none, for whoever takes over
    what came of it; the latest first. The caller has asked whether they may."""
    told = Q(pk__in=[])
    if deal_id:
        told |= Q(deal_id=deal_id)
    if person_id:
        told |= Q(person=person_id, deal_id=None)
    rows = Discovery.objects.living().filter(told).select_related("by", "person")
    return _shown(list(rows.order_by("-at", "-pk")[:AT_HAND]))


def seen_answers(discovery: Discovery) -> list[Mapping[str, Any]]:
    """Question and answer, but for fields that whoever reads does not see."""
    return [one for one in discovery.answers if not (one["fills"] and is_hidden(one["fills"]))]


def tell_answers(facts: Sequence[DiscoveryAnswered]) -> dict[int, Telling]:
    """Each question with its answer: one query for all of them."""
    rows = _BY_ID.by_id(ids=[fact.discovery_id for fact in facts])
    return {fact.id: _told(rows.get(fact.discovery_id)) for fact in facts}


def _told(discovery: Discovery | None) -> Telling:
    if discovery is None:
        return Telling(is_gone=True)
    lines = [f"{one['text']}\n{one['answer']}" for one in seen_answers(discovery)]
    return Telling(
        title=_("Asked: %(guide)s") % {"guide": discovery.guide_name},
        quote="\n\n".join(lines),
        edit_url=address("discovery:edit-answers", discovery.key),
    )


def _shown(rows: Sequence[Discovery]) -> list[AnswersShown]:
    shown = [AnswersShown(discovery=row, answers=seen_answers(row)) for row in rows]
    return [one for one in shown if one.answers]
