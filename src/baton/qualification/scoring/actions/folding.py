"""Facts become points, once each; people who changed are asked again whom they fit."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from baton.core.bulk import insert_rows, row_maker, update_rows
from baton.core.columns import Column, put_columns
from baton.core.facts import Fact
from baton.qualification.scoring.actions.showing import show_scores
from baton.qualification.scoring.actions.states import Held, lock_states
from baton.qualification.scoring.models import ScorePart, ScoreRule
from baton.qualification.scoring.queries import (
    RuleBook,
    Tallies,
    add_fact,
    known_now,
    part_for,
    positions_of,
    read_log,
    rule_book,
    stored_tallies,
    who_fits,
)
from baton.qualification.scoring.rules import Kind, Tally
from baton.records.people.models import Person

_new_part = row_maker(ScorePart)


class Counted(NamedTuple):
    """A fact that gives points, whom, and by which rules."""

    fact: Fact
    person_id: int
    rules: Sequence[ScoreRule]


@transaction.atomic
def score_facts(*, facts: Sequence[Fact], at: datetime) -> int:
    """Count facts that have not been counted, and ask again who fits; returns how many moved.

    A fact at or before the person's latest counted one is a replay, or was parked and came late:
    then the person's log is read anew, which adds nothing that was counted before.
    """
    book = rule_book()
    now = known_now(fact.person_id for fact in facts if fact.person_id)
    counted = list(_counted(facts, now=now, book=book))
    changing = _refitted(facts, now=now, book=book)
    causes = {one.person_id: one.fact for one in counted} | changing
    if not causes:
        return 0
    states = lock_states(causes.keys())
    tallies = stored_tallies(states, rules=book.rules)
    _fold(counted, states=states, tallies=tallies, book=book)
    _refit(changing.keys(), tallies=tallies, book=book, at=at)
    return show_scores(states=states, tallies=tallies, rules=book.rules, at=at, causes=causes)


def _counted(facts: Iterable[Fact], *, now: Mapping[int, int], book: RuleBook) -> Iterator[Counted]:
    for fact in facts:
        person_id = now.get(fact.person_id or 0)
        if person_id and fact.name in book.engagement:
            rules = book.rules_for(name=fact.name, payload=fact.payload())
            if rules:
                yield Counted(fact, person_id, rules)


def _refitted(facts: Sequence[Fact], *, now: Mapping[int, int], book: RuleBook) -> dict[int, Fact]:
    """Whose answers to the fit rules may be others now, by the fact that may have changed them."""
    if not book.asks_who:
        return {}
    telling = [fact for fact in facts if fact.name in book.refitting]
    companies = {
        fact.company_id: fact for fact in telling if fact.company_id and not fact.person_id
    }
    staff = Person.objects.filter(company__in=companies).values_list("pk", "company_id")
    found = {pk: companies[company_id] for pk, company_id in staff if company_id}
    return found | {
        person_id: fact for fact in telling if (person_id := now.get(fact.person_id or 0))
    }


def _fold(
    counted: Sequence[Counted],
    *,
    states: Mapping[int, Held],
    tallies: Tallies,
    book: RuleBook,
) -> None:
    places = positions_of(one.fact for one in counted)
    before = {one.person_id: states[one.person_id].position for one in counted}
    again = {
        person_id for fact, person_id, _ in counted if places.get(fact.id, 0) <= before[person_id]
    }
    touched: set[tuple[int, int]] = set()
    for fact, person_id, rules in counted:
        if person_id not in again:
            touched.update(add_fact(tallies, fact=fact, person_id=person_id, rules=rules))
            states[person_id].move_to(places[fact.id])
    _write({key: tallies[key] for key in touched})
    _read_again(again, states=states, tallies=tallies, book=book)


def _write(tallies: Tallies) -> None:
    """One statement for new parts and old ones: the unique pair decides which they are."""
    rows = sorted(tallies.items())
    parts = [tally.part for _key, tally in rows]
    columns: dict[str, Column] = {
        "person_id": [person_id for (person_id, _rule), _tally in rows],
        "rule_id": [rule_id for (_person, rule_id), _tally in rows],
        "value": [part.value for part in parts],
        "as_of": [part.as_of for part in parts],
        "half_life_days": [part.half_life_days for part in parts],
        "count": [tally.count for _key, tally in rows],
        "latest_fact_id": [tally.latest_fact_id for _key, tally in rows],
        "moments": [list(part.moments) or None for part in parts],
    }
    put_columns(ScorePart, columns, once=("person_id", "rule_id"), count=len(rows))


def _read_again(
    person_ids: Collection[int],
    *,
    states: Mapping[int, Held],
    tallies: Tallies,
    book: RuleBook,
) -> None:
    if not person_ids:
        return
    reading = read_log(person_ids, book=book)
    gone = ScorePart.objects.filter(person_id__in=person_ids, rule__kind=Kind.ENGAGEMENT)
    gone.delete()
    _write(reading.tallies)
    for key in itertools.product(person_ids, book.rules_by_id):
        tallies.pop(key, None)
    tallies.update(reading.tallies)
    for person_id, position in reading.position.items():
        states[person_id].move_to(position)


def _refit(person_ids: Iterable[int], *, tallies: Tallies, book: RuleBook, at: datetime) -> None:
    """Give and take the points of the fit rules; ``as_of`` stays since when somebody fits."""
    asked = set(person_ids)
    if not asked:
        return
    rows = ScorePart.objects.filter(person_id__in=asked, rule__kind=Kind.FIT)
    had = {(row.person_id, row.rule_id): row for row in rows}
    fits: dict[tuple[int, int], ScoreRule] = {
        (person_id, rule.pk): rule
        for rule, people in who_fits(asked, book=book, at=at)
        for person_id in people
    }
    _write_fit(fits, had=had, at=at)
    for key in had.keys() - fits.keys():
        tallies.pop(key, None)
    for key, rule in fits.items():
        since = had[key].as_of if key in had else at
        tallies[key] = Tally(part=part_for(rule, as_of=since, value=float(rule.points)), count=1)


def _write_fit(
    fits: Mapping[tuple[int, int], ScoreRule],
    *,
    had: Mapping[tuple[int, int], ScorePart],
    at: datetime,
) -> None:
    gone = [row.pk for key, row in had.items() if key not in fits]
    if gone:
        ScorePart.objects.filter(pk__in=gone).delete()
    moved = {
        had[key].pk: {"value": float(rule.points)}
        for key, rule in fits.items()
        if key in had and had[key].value != rule.points
    }
    update_rows(ScorePart, moved, fields=["value"])
    insert_rows(
        ScorePart,
        (
            _new_part(person_id=person_id, rule_id=rule.pk, value=float(rule.points), as_of=at)
            for (person_id, _), rule in fits.items()
            if (person_id, rule.pk) not in had
        ),
    )


@transaction.atomic
def recompute_people(*, person_ids: Collection[int], at: datetime) -> int:
    """Read the whole log of these people anew: rules were edited, or an import was undone."""
    book = rule_book()
    there = set(known_now(person_ids).values())
    states = lock_states(there)
    tallies = stored_tallies(states, rules=book.rules)
    _read_again(there, states=states, tallies=tallies, book=book)
    _refit(there, tallies=tallies, book=book, at=at)
    return show_scores(states=states, tallies=tallies, rules=book.rules, at=at)


@transaction.atomic
def refit_people(*, person_ids: Collection[int], at: datetime) -> int:
    """Ask these people again whom they fit: a condition such as "in the last 30 days" ages."""
    book = rule_book()
    there = set(known_now(person_ids).values())
    states = lock_states(there)
    tallies = stored_tallies(states, rules=book.rules)
    _refit(there, tallies=tallies, book=book, at=at)
    return show_scores(states=states, tallies=tallies, rules=book.rules, at=at)
