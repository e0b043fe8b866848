"""The rules that count, read once for a batch."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from baton.core import filters
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation_zone
from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.qualification.scoring.rules import Kind, matches
from baton.qualification.scoring.rules.models import About
from baton.records.people.models import Person

logger = logging.getLogger(__name__)
ALWAYS = frozenset({"person.created", "person.changed"})  # after which fit is asked again
MEMBERS = frozenset({"persona.assigned"})  # after which somebody may belong to another model
MACHINE = "machine"  # the field of a fact that says why nobody did it


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """The rules that count now, read once for a batch."""

    engagement: Mapping[str, list[ScoreRule]]  # by the name of the fact
    fit: Mapping[ScoreRule, filters.Filter]
    beside: Sequence[ScoreModel] = ()  # the models beside the main one
    rules: Mapping[int, ScoreRule] = field(default_factory=dict)  # all of them, in their order

    def rules_for(self, *, name: str, payload: Mapping[str, object]) -> list[ScoreRule]:
        """The rules that give points for a fact; what a machine did gives none."""
        asked = self.engagement.get(name, ())
        if not asked or payload.get(MACHINE):
            return []
        return [rule for rule in asked if matches(rule.match, payload=payload)]

    @cached_property
    def rules_by_id(self) -> Mapping[int, ScoreRule]:
        """Those for what people do."""
        return {rule.pk: rule for same in self.engagement.values() for rule in same}

    @cached_property  # asked for each fact of a batch
    def refitting(self) -> frozenset[str]:
        """Names of the facts after which somebody may fit another rule."""
        # Not our own: a rule over the score would feed on itself.
        changing = (chosen.changed_by for chosen in self.fit.values())
        members = MEMBERS if any(model.persona_id for model in self.beside) else frozenset()
        return ALWAYS.union(members, *changing) - {"score.changed"}

    @property
    def asks_who(self) -> bool:
        """Whether somebody who is new, or changed, is asked about at all."""
        return bool(self.fit or self.beside)


def rule_book() -> RuleBook:
    """All rules that count, of every live model about people."""
    beside = [model for model in live_models() if not model.is_main]
    return book_of(counting_rules().values(), beside=beside)


_COUNTING = Prepared(lambda: ScoreRule.objects.counting())


def counting_rules() -> dict[int, ScoreRule]:
    """By id the rules that count now, of every live model about people, in their order."""
    return {rule.pk: rule for rule in _COUNTING.rows()}


def main_book() -> RuleBook:
    """Those of the model whose score people show."""
    return book_of(ScoreRule.objects.counting().filter(model__is_main=True))


def model_book(model: ScoreModel) -> RuleBook:
    """Those of one model, a draft, too."""
    return book_of(model.rules.switched_on(), about=model.about)


def book_of(
    rules: Iterable[ScoreRule], *, about: str = About.PERSON, beside: Sequence[ScoreModel] = ()
) -> RuleBook:
    """One whose condition can no longer be read fits nobody."""
    engagement: dict[str, list[ScoreRule]] = defaultdict(list)
    fit: dict[ScoreRule, filters.Filter] = {}
    rules = list(rules)
    for rule in rules:
        if rule.kind == Kind.ENGAGEMENT:
            engagement[rule.fact].append(rule)
            continue
        try:
            fit[rule] = filters.parse(rule.condition, object_type=about)
        except filters.BadFilter as bad:
            logger.warning("Score rule %s fits nobody: %s", rule.pk, bad)
    known = {rule.pk: rule for rule in rules}
    return RuleBook(engagement=engagement, fit=fit, beside=beside, rules=known)


_LIVE = Prepared(lambda: ScoreModel.objects.live(About.PERSON.value).select_related("persona"))


def live_models() -> list[ScoreModel]:
    """About people, the main one first."""
    return _LIVE.rows()


def is_member(persona: str, *, model: ScoreModel) -> bool:
    """Whom a model is about: everybody, or those of its persona."""
    return model.persona is None or persona == model.persona.name


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
