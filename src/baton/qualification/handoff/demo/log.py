"""What the people of a bite looked at and sent, read once; and which of it met the agreement."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.core.facts.models import FactRecord
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.marketing.capture.models import Submission
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries import source_among, told_in_form
from baton.qualification.handoff.queries.briefs import Source
from baton.qualification.scoring.queries import Explanation, Histories, histories
from baton.records.people.models import Person
from baton.records.people.rules import Origin

NAMES = {FormSubmitted.name, VisitMade.name}
Touches = Sequence[FormSubmitted | VisitMade]


@dataclass(frozen=True, kw_only=True)
class Met:
    """Somebody met the agreement: by a form that raises a hand, or by their score."""

    person: Person
    at: datetime
    form: FormSubmitted | None
    found: Explanation


@dataclass(frozen=True, kw_only=True)
class Log:
    """``touches`` of each person in order of time."""

    people: Mapping[int, Person]
    touches: Mapping[int, Touches]
    past: Histories
    sent: Mapping[int, Submission]

    def met(self, agreement: Agreement) -> list[Met]:
        """In order of time."""
        found = [
            met
            for person in self.people.values()
            if person.origin == Origin.MARKETING
            if (met := self._first(person, agreement=agreement))
        ]
        return sorted(found, key=lambda met: (met.at, met.person.pk))

    def _first(self, person: Person, *, agreement: Agreement) -> Met | None:
        most = self.past.most_for_fit(person.pk)
        for fact in self.touches.get(person.pk, ()):
            at, is_raised = fact.happened_at, _raises_hand(fact, agreement)
            most += self.past.most_for(fact)
            if not is_raised and most < agreement.threshold:
                continue  # what cannot be enough is not worth a sum
            found = self.past.explain(person, at)
            if is_raised and isinstance(fact, FormSubmitted):
                return Met(person=person, at=at, form=fact, found=found)
            if found.figures.score >= agreement.threshold:
                return Met(person=person, at=at, form=None, found=found)
        return None

    def source_of(self, met: Met) -> Source:
        """As routing finds it, of what had happened by then."""
        until = [fact for fact in self.touches[met.person.pk] if fact.happened_at <= met.at]
        told = [fact.payload() for fact in reversed(until)]
        return source_among(met.person, [*([met.form.payload()] if met.form else []), *told])

    def forms_told(self, met: Met) -> list[dict[str, Any]]:
        """The form that raised a hand, else the latest one."""
        sent = (fact for fact in self.touches[met.person.pk] if isinstance(fact, FormSubmitted))
        before = [fact for fact in sent if fact.happened_at <= met.at]
        form = met.form or next(reversed(before), None)
        return [told_in_form(form, sent=self.sent.get(form.submission_id))] if form else []


def _raises_hand(fact: FormSubmitted | VisitMade, agreement: Agreement) -> bool:
    return isinstance(fact, FormSubmitted) and fact.form_code in agreement.hand_raise_forms


def read_log(people: Sequence[Person], *, at: datetime) -> Log:
    ids = {person.pk: person for person in people}
    past = histories(ids, at=at)
    touches = dict(_touches(past) if past.book.engagement.keys() >= NAMES else _read_touches(ids))
    forms = [
        fact.submission_id
        for theirs in touches.values()
        for fact in theirs
        if isinstance(fact, FormSubmitted)
    ]
    sent = Submission.objects.filter(pk__in=forms).select_related("form")
    return Log(
        people=ids,
        touches=touches,
        past=past,
        sent={row.pk: row for row in sent},
    )


def _touches(past: Histories) -> Iterator[tuple[int, Touches]]:
    """Those that the score has read already."""
    for person_id, facts in past.facts.items():
        theirs = [fact for _name, fact in facts if isinstance(fact, FormSubmitted | VisitMade)]
        yield person_id, sorted(theirs, key=lambda fact: (fact.happened_at, fact.id))


def _read_touches(people: Mapping[int, Person]) -> Iterator[tuple[int, Touches]]:
    rows = FactRecord.objects.filter(person_id__in=people, name__in=NAMES)
    found: dict[int, list[FormSubmitted | VisitMade]] = defaultdict(list)
    for row in rows.order_by("happened_at", "pk"):
        fact = row.as_fact()
        if isinstance(fact, FormSubmitted | VisitMade):
            found[row.person_id or 0].append(fact)
    yield from found.items()
