"""What both versions of a trial say of the next people: a fixed number of questions a bite."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast

from baton.core import filters
from baton.core.bulk import one_of, row_maker
from baton.core.facts import Origin, Touch
from baton.core.facts.kinds import kinds, readers
from baton.core.facts.models import FactRecord
from baton.core.facts.plain import plain
from baton.core.facts.reading import restore
from baton.core.settings.queries import organisation_zone
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Stage
from baton.qualification.scoring.models import ScoreRule, ScoreTrial, TrialPerson
from baton.qualification.scoring.queries.books import MACHINE, RuleBook, book_of
from baton.qualification.scoring.queries.staff import staff_among
from baton.qualification.scoring.rules import matches, micros, moment_of
from baton.qualification.scoring.rules.grading import Bands, grade_of
from baton.qualification.scoring.rules.replaying import (
    Event,
    Giving,
    Past,
    Span,
    fit_of,
    follow,
)
from baton.qualification.scoring.rules.trials import Terms
from baton.records.people.models import Person
from baton.records.people.queries import born_as

WAITING = frozenset({"", Stage.SUBSCRIBER, Stage.LEAD})  # whom a score hands off
CHUNK = 5000
ANSWERS = 10_000  # kept of a bite
_new_row = row_maker(TrialPerson)
EMPTY = Past()


@dataclass(frozen=True)
class Side:
    """One version, made ready once for all bites."""

    terms: Terms

    @cached_property
    def book(self) -> RuleBook:
        return book_of(
            ScoreRule(pk=place, **rule) for place, rule in enumerate(self.terms["rules"])
        )

    @cached_property
    def givings(self) -> Sequence[Giving]:
        """By the place of the rule; of a fit rule nothing is ever asked."""
        names = ("points", "half_life_days", "expires_days", "cap")
        return [Giving(**{name: rule[name] for name in names}) for rule in self.terms["rules"]]

    @cached_property
    def asked(self) -> Mapping[str, Sequence[tuple[int, Mapping[str, Any]]]]:
        """By name of the fact: places of the rules, and what each asks of it."""
        return {
            name: [(rule.pk, rule.match) for rule in rules]
            for name, rules in self.book.engagement.items()
        }

    @cached_property
    def bands(self) -> Bands:
        return Bands(
            fit=tuple(self.terms["fit_bands"]), engagement=tuple(self.terms["engagement_bands"])
        )

    def is_about(self, persona: str) -> bool:
        return not self.terms["persona"] or self.terms["persona"] == persona

    @cached_property
    def looked_at(self) -> Mapping[str, Sequence[str]]:
        """By name of the fact: what some rule asks of it."""
        return {
            name: sorted({field for _at, match in asked for field in match})
            for name, asked in self.asked.items()
        }

    @cached_property
    def answers(self) -> dict[tuple[Any, ...], tuple[int, ...]]:
        """Millions of facts say few different things about what is asked of them."""
        return {}

    def met_by(self, name: str, payload: Mapping[str, Any]) -> tuple[int, ...]:
        """Places of the rules that give points for a fact."""
        if name not in self.asked:
            return ()
        said = (name, *(_kept(payload.get(field)) for field in self.looked_at[name]))
        met = self.answers.get(said)
        if met is None:
            asked = self.asked[name]
            met = tuple(at for at, match in asked if not match or matches(match, payload=payload))
            if len(self.answers) < ANSWERS:
                self.answers[said] = met
        return met


@dataclass(frozen=True)
class Replay:
    """A trial, ready to be followed bite by bite."""

    trial: ScoreTrial

    @cached_property
    def sides(self) -> tuple[Side | None, Side]:
        used = Side(self.trial.used) if self.trial.used else None
        return used, Side(self.trial.draft)

    @cached_property
    def names(self) -> list[str]:
        """Of the facts that some rule of either version counts."""
        return sorted({name for side in self.sides if side for name in side.asked})

    @cached_property
    def span(self) -> Span:
        return Span(since=micros(self.trial.since), until=micros(self.trial.until))

    def facts(self) -> QuerySet[FactRecord]:
        """All that may count, until the end of the span."""
        rows = FactRecord.objects.standing().filter(position__lte=self.trial.upto)
        return rows.filter(happened_at__lte=self.trial.until, person_id__isnull=False)

    def count_facts(self) -> int:
        return self.facts().filter(name__in=self.names).count()

    def next_people(self, limit: int) -> list[int]:
        rows = Person.objects.living().filter(pk__gt=self.trial.cursor).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:limit])

    def follow(self, person_ids: Collection[int]) -> tuple[list[TrialPerson], int]:
        """Rows of those who have points by either version, and how many facts were read."""
        if not person_ids:  # the end, after a bite that was full
            return [], 0
        events, count = self._events(person_ids)
        people = Person.objects.filter(pk__in=one_of(person_ids)).order_by("pk")
        stages, staff = self._stages(person_ids), staff_among(person_ids)
        fits = self._fits(person_ids)
        rows = []
        for pk, persona, origin in people.values_list("pk", "persona", "origin"):
            if pk in staff:
                continue
            pasts = [
                self._past(side, events[place].get(pk, ()), fits[place].get(pk, ()))
                if side and side.is_about(persona)
                else EMPTY
                for place, side in enumerate(self.sides)
            ]
            if not all(past.is_empty for past in pasts):
                waits = stages.get(pk, "") in WAITING and origin != "sales"
                rows.append(self._row(pk, pasts[0], pasts[1], is_waiting=waits))
        return rows, count

    def _past(self, side: Side, events: Iterable[Event], fits: Iterable[int]) -> Past:
        givings = side.givings
        return follow(
            events,
            givings=givings,
            fit=fit_of((givings[at].points, givings[at].cap) for at in fits),
            span=self.span,
            threshold=self.trial.threshold,
        )

    def _row(self, pk: int, used: Past, draft: Past, *, is_waiting: bool) -> TrialPerson:
        values: dict[str, Any] = {"trial_id": self.trial.pk, "person_id": pk}
        for name, side, past in zip(("used", "draft"), self.sides, (used, draft), strict=True):
            passed = past.passed_at if is_waiting else None
            values |= {
                f"{name}_score": past.score,
                f"{name}_grade": _grade(side, past),
                f"{name}_start": past.start,
                f"{name}_peak": past.peak,
                f"{name}_at": None if passed is None else moment_of(passed),
            }
        return _new_row(**values, is_waiting=is_waiting)

    def _events(self, person_ids: Collection[int]) -> tuple[list[dict[int, list[Event]]], int]:
        """For each version by person what they did that counts, in order of time; and how many
        facts were read. What a machine did counts for nobody."""
        born, count = born_as(person_ids), 0
        found: list[dict[int, list[Event]]] = [defaultdict(list) for _side in self.sides]
        for person_id, name, version, at, payload in self._read(born):
            count += 1
            said = payload_now(name, version, at, payload)
            if said.get(MACHINE):
                continue
            for place, side in enumerate(self.sides):
                met = side.met_by(name, said) if side else ()
                if met:
                    found[place][born[person_id]].append((micros(at), met))
        if len(born) > len(person_ids):  # ids that were merged: their facts came one after another
            for by_person in found:
                for events in by_person.values():
                    events.sort()
        return found, count

    def _read(self, born: Collection[int]) -> Iterable[tuple[int, str, int, datetime, Any]]:
        if not self.names or not born:
            return ()
        # As an expression, so that it is looked up by person: by name half of the log is read.
        rows = self.facts().alias(called=Cast(F("name"), CharField(max_length=80)))
        rows = rows.filter(person_id__in=one_of(born), called__in=self.names)
        columns = ("person_id", "name", "version", "happened_at", "payload")
        found: Any = rows.order_by("person_id", "happened_at", "pk").values_list(*columns)
        return found.iterator(chunk_size=CHUNK)  # type: ignore[no-any-return]

    def _fits(self, person_ids: Collection[int]) -> list[dict[int, list[int]]]:
        """For each version by person the places of the rules that fit today. What both ask is
        asked once."""
        people, zone = Person.objects.filter(pk__in=one_of(person_ids)), organisation_zone()
        answers: dict[str, list[int]] = {}
        found: list[dict[int, list[int]]] = [defaultdict(list) for _side in self.sides]
        for place, side in enumerate(self.sides):
            for rule, chosen in side.book.fit.items() if side else ():
                asked = json.dumps(rule.condition, sort_keys=True)
                if asked not in answers:
                    who = people.filter(filters.compile(chosen, at=self.trial.until, zone=zone))
                    answers[asked] = list(who.values_list("pk", flat=True).distinct())
                for pk in answers[asked]:
                    found[place][pk].append(rule.pk)
        return found

    def _stages(self, person_ids: Collection[int]) -> dict[int, str]:
        """Where each of them stood when the span began."""
        rows = StageChange.objects.filter(
            person__in=one_of(person_ids), at__lte=self.trial.since
        ).order_by("person_id", "place", "at")
        return dict(rows.values_list("person_id", "to_stage"))


def _kept(value: Any) -> Any:
    """A value, or a list, as a key that no other value has."""
    return value if value.__class__ is str or value is None else (repr(value),)


def _grade(side: Side | None, past: Past) -> str:
    if side is None:
        return ""
    return grade_of(fit=past.fit, engagement=past.engagement, bands=side.bands)


def payload_now(
    name: str, version: int, at: datetime, payload: Mapping[str, Any]
) -> Mapping[str, Any]:
    """As the present kind of that fact has it, with what was not said in those days."""
    kind = kinds.get(name)
    if kind is None:
        return payload
    if version == kind.version:
        return {**_unsaid(name), **payload}
    envelope = {"happened_at": at, "touch": Touch.NONE, "origin": Origin.LIVE}
    return restore(name, version=version, envelope=envelope, payload=dict(payload)).payload()


@cache
def _unsaid(name: str) -> Mapping[str, Any]:
    own = (part for part in fields(kinds[name]) if part.name in readers(kinds[name]))
    return {part.name: plain(part.default) for part in own if part.default is not MISSING}
