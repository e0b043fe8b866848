"""What a rule would give."""

from dataclasses import dataclass
from datetime import datetime

from baton.core import filters
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.queries.books import RuleBook, who_fits
from baton.qualification.scoring.queries.log import read_log
from baton.qualification.scoring.rules import Kind, figures
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a rule, saved or not, would give somebody now; ``count`` facts match it."""

    points: int
    count: int


def try_rule(rule: ScoreRule, person: Person, at: datetime) -> Trial:
    """Nothing is written. Raises BadFilter for a condition that cannot be read."""
    if rule.kind == Kind.FIT:
        chosen = filters.parse(rule.condition, object_type="person")
        book = RuleBook(engagement={}, fit={rule: chosen})
        fits = any(people for _, people in who_fits([person.pk], book=book, at=at))
        return Trial(points=rule.points if fits else 0, count=int(fits))
    book = RuleBook(engagement={rule.fact: [rule]}, fit={})
    tally = next(iter(read_log([person.pk], book=book).tallies.values()), None)
    if tally is None:
        return Trial(points=0, count=0)
    part = tally.part._replace(cap=rule.cap)
    return Trial(points=figures(fit=[], engagement=[part], at=at).engagement, count=tally.count)
