"""What a score was, or would have been, at a moment in the past."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from baton.core.facts import Fact
from baton.qualification.scoring.models import ScorePart, ScoreRule
from baton.qualification.scoring.queries.books import RuleBook, main_book, who_fits
from baton.qualification.scoring.queries.explaining import Explanation, explain_parts
from baton.qualification.scoring.queries.log import log_of
from baton.qualification.scoring.queries.tallies import Tallies, add_fact
from baton.records.people.models import Person
from baton.records.people.queries import born_as


@dataclass(frozen=True, kw_only=True)
class Histories:
    """What some people did, and which rules fit them today, read once."""

    book: RuleBook
    facts: Mapping[int, list[tuple[str, Fact]]]  # by person: name and fact
    fitting: Mapping[int, list[ScoreRule]]
    _rules: dict[int, list[ScoreRule]] = field(default_factory=dict)  # by fact: asked at each touch

    def most_for(self, fact: Fact) -> int:
        """What the fact can have added to a score at most: unfaded, uncapped."""
        return sum(max(rule.points, 0) for rule in self._rules_for(fact.name, fact))

    def most_for_fit(self, person_id: int) -> int:
        """The same for who somebody is."""
        return sum(max(rule.points, 0) for rule in self.fitting.get(person_id, ()))

    def explain(self, person: Person, at: datetime) -> Explanation:
        """What the score was, or would have been, at a moment in the past: unstored.

        With today's rules, and whom they fit today.
        """
        tallies: Tallies = {}
        for name, fact in self.facts.get(person.pk, ()):
            if fact.happened_at <= at:
                given = self._rules_for(name, fact)
                add_fact(tallies, fact=fact, rules=given, person_id=person.pk)
        rules = self.book.rules_by_id
        rows = [
            ScorePart(
                person=person,
                rule=rules[rule_id],
                value=tally.part.value,
                as_of=tally.part.as_of,
                half_life_days=tally.part.half_life_days,
                count=tally.count,
                moments=list(tally.part.moments),
            )
            for (_, rule_id), tally in tallies.items()
        ]
        rows += [
            ScorePart(person=person, rule=rule, value=rule.points, as_of=at)
            for rule in self.fitting.get(person.pk, ())
        ]
        return explain_parts(rows, at=at)

    def _rules_for(self, name: str, fact: Fact) -> list[ScoreRule]:
        """Those that the fact gives points by; read once, however often a score is asked for."""
        if fact.id not in self._rules:
            self._rules[fact.id] = self.book.rules_for(name=name, payload=fact.payload())
        return self._rules[fact.id]


def histories(person_ids: Collection[int], *, at: datetime) -> Histories:
    """From the log, with the facts that have no place in it yet; ``at`` is today."""
    book, born = main_book(), born_as(person_ids)
    facts: dict[int, list[tuple[str, Fact]]] = defaultdict(list)
    for row in log_of(born, book=book):
        facts[born[row.person_id or 0]].append((row.name, row.as_fact()))
    fitting: dict[int, list[ScoreRule]] = defaultdict(list)
    for rule, people in who_fits(person_ids, book=book, at=at):
        for person_id in people:
            fitting[person_id].append(rule)
    return Histories(book=book, facts=facts, fitting=fitting)
