"""Answers of the past, many at once: a year that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.facts import publish_many
from baton.records.discovery.events import DiscoveryAnswered
from baton.records.discovery.models import Discovery, Guide
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class PastAnswers:
    """Who told whom, when; answers by the code of their question. They fill no field."""

    person: Person
    guide: Guide
    said: Mapping[str, str]
    by: User
    at: datetime


@transaction.atomic
def record_answers(past: Sequence[PastAnswers]) -> list[Discovery]:
    """A few statements for all of them."""
    rows = Discovery.objects.bulk_create(_row(one) for one in past)
    publish_many(
        DiscoveryAnswered(
            happened_at=one.at,
            person_id=one.person.pk,
            company_id=one.person.company_id,
            actor_id=one.by.pk,
            discovery_id=row.pk,
            guide_name=one.guide.name,
        )
        for one, row in zip(past, rows, strict=True)
    )
    return rows


def _row(past: PastAnswers) -> Discovery:
    return Discovery(
        guide=past.guide,
        guide_name=past.guide.name,
        guide_version=past.guide.version,
        person=past.person,
        answers=[
            {"code": one.code, "text": one.text, "answer": past.said[one.code], "fills": one.fills}
            for one in past.guide.asked()
            if past.said.get(one.code)
        ],
        by=past.by,
        at=past.at,
    )
