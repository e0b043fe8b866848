"""What rules give people so far: read in one question, and added to fact by fact."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from baton.core.facts import Fact
from baton.core.prepared import Prepared
from baton.qualification.scoring.models import ScorePart, ScoreRule
from baton.qualification.scoring.queries.books import RuleBook
from baton.qualification.scoring.queries.staff import staff_among
from baton.qualification.scoring.rules import Figures, Kind, Part, Tally, figures

Tallies = dict[tuple[int, int], Tally]  # by person and rule
_STORED: Prepared[tuple[Any, ...]] = Prepared(
    lambda people: ScorePart.objects.filter(person_id__in=people).values_list(
        "person_id",
        "rule_id",
        "value",
        "as_of",
        "half_life_days",
        "count",
        "latest_fact_id",
        "moments",
    )
)


@dataclass(frozen=True, kw_only=True)
class Sides:
    """What one model's rules give somebody, in the order of the rules."""

    fit: list[Part] = field(default_factory=list)
    engagement: list[Part] = field(default_factory=list)

    def figures(self, *, at: datetime) -> Figures:
        """The shown figures at a moment."""
        return figures(fit=self.fit, engagement=self.engagement, at=at)


SidesByModel = Mapping[int, Sides]
NOTHING = Sides()


def stored_tallies(person_ids: Collection[int], *, rules: Mapping[int, ScoreRule]) -> Tallies:
    """What stands of these people by these rules."""
    found = {}
    for person_id, rule_id, value, as_of, half_life, count, latest, moments in _STORED.rows(
        people=list(person_ids)
    ):
        rule = rules.get(rule_id)
        if rule is None:
            continue
        part = Part(
            value=value,
            as_of=as_of,
            half_life_days=half_life,
            cap=rule.cap,
            expires_days=rule.expires_days,
            moments=tuple(moments or ()),
            points=rule.points,
        )
        found[person_id, rule_id] = Tally(part=part, count=count, latest_fact_id=latest)
    return found


def sides_of(
    person_ids: Collection[int], *, tallies: Tallies, rules: Mapping[int, ScoreRule]
) -> dict[int, SidesByModel]:
    """The parts that count, by person and by model. Staff has none."""
    staff = staff_among(person_ids)
    mine: dict[int, list[int]] = {pk: [] for pk in person_ids}
    for person_id, rule_id in tallies:
        if rule_id in rules and person_id in mine:
            mine[person_id].append(rule_id)
    places = {rule_id: place for place, rule_id in enumerate(rules)}
    return {
        pk: {}
        if pk in staff
        else _sides(pk, sorted(has, key=places.__getitem__), tallies=tallies, rules=rules)
        for pk, has in mine.items()
    }


def _sides(
    person_id: int, has: Iterable[int], *, tallies: Tallies, rules: Mapping[int, ScoreRule]
) -> Mapping[int, Sides]:
    """Of somebody who has points by these rules."""
    found: dict[int, Sides] = {}
    for rule_id in has:
        rule, part = rules[rule_id], tallies[person_id, rule_id].part
        sides = found.get(rule.model_id) or found.setdefault(rule.model_id, Sides())
        (sides.fit if rule.kind == Kind.FIT else sides.engagement).append(part)
    return found


def part_for(rule: ScoreRule, *, as_of: datetime, value: float = 0) -> Part:
    """What a rule gives, with nothing in it yet."""
    return Part(
        value=value,
        as_of=as_of,
        half_life_days=rule.half_life_days,
        cap=rule.cap,
        expires_days=rule.expires_days,
        points=rule.points,
    )


def count_fact(tallies: Tallies, *, fact: Fact, name: str, person_id: int, book: RuleBook) -> None:
    """Add one fact to the tallies in place, by all rules that give points for it."""
    add_fact(
        tallies,
        fact=fact,
        person_id=person_id,
        rules=book.rules_for(name=name, payload=fact.payload()),
    )


def add_fact(
    tallies: Tallies, *, fact: Fact, person_id: int, rules: Iterable[ScoreRule]
) -> list[tuple[int, int]]:
    """Add one fact that these rules give points for; says which of the tallies it touched."""
    at, touched = fact.happened_at, []
    for rule in rules:
        key = (person_id, rule.pk)
        tally = tallies.get(key) or Tally(part=part_for(rule, as_of=at))
        tallies[key] = _by_todays(rule, tally).with_fact(fact_id=fact.id, points=rule.points, at=at)
        touched.append(key)
    return touched


def _by_todays(rule: ScoreRule, tally: Tally) -> Tally:
    """A rule that was edited a moment ago fades as it says now."""
    if tally.part.half_life_days == rule.half_life_days:
        return tally
    return replace(tally, part=tally.part._replace(half_life_days=rule.half_life_days))
