"""How the score of a person, a company or a deal came to be, from the facts that told it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.facts.models import FactRecord
from baton.qualification.scoring.events import RecordScored, ScoreChanged
from baton.qualification.scoring.rules.past import Step
from baton.records.people.models import Company, Person
from baton.records.people.queries import born_as, companies_born_as
from baton.records.timeline.queries import titles_of, without_hidden_deals

MOST = 400  # steps, the latest


@dataclass(frozen=True, kw_only=True)
class Past:
    """The oldest first. ``causes``: by the step's fact what the timeline calls what moved it."""

    steps: Sequence[Step] = ()
    causes: dict[int, str] = field(default_factory=dict)
    is_cut: bool = False  # there are older ones


def past_of_person(person: Person, *, user: User) -> Past:
    """What was done in deals that this user does not see is not named; three queries and those of
    the timeline's titles, however many steps."""
    rows = FactRecord.objects.standing().filter(
        person_id__in=born_as([person.pk]), name=ScoreChanged.name
    )
    found, is_cut = _latest(rows.select_related("caused_by"))
    causes = {row.pk: row.caused_by for row in found if row.caused_by}
    seen = without_hidden_deals(list({one.pk: one for one in causes.values()}.values()), user=user)
    titles = titles_of([one.as_fact() for one in seen])
    told = {pk: titles[cause.pk] for pk, cause in causes.items() if cause.pk in titles}
    return Past(steps=[_step(row) for row in found], causes=told, is_cut=is_cut)


def past_of_company(company: Company) -> Past:
    """Of its own score: whom of its people it came by is said by the page's *Why*."""
    rows = FactRecord.objects.standing().filter(
        company_id__in=companies_born_as(company.pk), name=RecordScored.name
    )
    found, is_cut = _latest(rows.filter(payload__about="company"))
    return Past(steps=[_step(row) for row in found], is_cut=is_cut)


def past_of_deal(deal_id: int) -> Past:
    """By the model about deals, which lie above: their number in the log is their own."""
    rows = FactRecord.objects.standing().filter(deal_id=deal_id, name=RecordScored.name)
    found, is_cut = _latest(rows.filter(payload__about="deal"))
    return Past(steps=[_step(row) for row in found], is_cut=is_cut)


def _latest(rows: QuerySet[FactRecord]) -> tuple[list[FactRecord], bool]:
    found = list(rows.order_by("-happened_at", "-pk")[: MOST + 1])
    return found[:MOST][::-1], len(found) > MOST


def _step(row: FactRecord) -> Step:
    told: dict[str, Any] = row.payload
    return Step(
        fact_id=row.pk,
        at=row.happened_at,
        former=int(told.get("former_score", 0)),
        score=int(told.get("score", 0)),
        fit=int(told.get("fit", 0)),
        engagement=int(told.get("engagement", 0)),
        is_fading=bool(told.get("is_fading", False)),
    )
