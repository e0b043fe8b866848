"""The rules that count, read once for a batch."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from baton.core import filters
from baton.core.settings.queries import organisation_zone
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.rules import Kind, matches
from baton.records.people.models import Person

logger = logging.getLogger(__name__)
ALWAYS = frozenset({"person.created", "person.changed"})  # after which fit is asked again


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """The rules that count now, read once for a batch."""

    engagement: Mapping[str, list[ScoreRule]]  # by the name of the fact
    fit: Mapping[ScoreRule, filters.Filter]

    def rules_for(self, *, name: str, payload: Mapping[str, object]) -> list[ScoreRule]:
        """The rules that give points for a fact."""
        asked = self.engagement.get(name, ())
        return [rule for rule in asked if matches(rule.match, payload=payload)]

    @cached_property  # asked for each fact of a batch
    def refitting(self) -> frozenset[str]:
        """Names of the facts after which somebody may fit another rule."""
        # Not our own: a rule over the score would feed on itself.
        changing = (chosen.changed_by for chosen in self.fit.values())
        return ALWAYS.union(*changing) - {"score.changed"}


def rule_book() -> RuleBook:
    """All rules that count. One whose condition can no longer be read fits nobody."""
    engagement: dict[str, list[ScoreRule]] = defaultdict(list)
    fit: dict[ScoreRule, filters.Filter] = {}
    for rule in ScoreRule.objects.counting():
        if rule.kind == Kind.ENGAGEMENT:
            engagement[rule.fact].append(rule)
            continue
        try:
            fit[rule] = filters.parse(rule.condition, object_type="person")
        except filters.BadFilter as bad:
            logger.warning("Score rule %s fits nobody: %s", rule.pk, bad)
    return RuleBook(engagement=engagement, fit=fit)


def has_windows() -> bool:
    """Whether somebody may stop to fit a rule by the mere passing of days."""
    return any(chosen.has_window for chosen in rule_book().fit.values())


def who_fits(
    person_ids: Collection[int], *, book: RuleBook, at: datetime
) -> Iterator[tuple[ScoreRule, set[int]]]:
    """For each fit rule the ones of these people whom it is about: one query a rule."""
    zone = organisation_zone()
    people = Person.objects.filter(pk__in=person_ids)
    for rule, chosen in book.fit.items():
        asked = people.filter(filters.compile(chosen, at=at, zone=zone))
        yield rule, set(asked.values_list("pk", flat=True))
