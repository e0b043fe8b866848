"""What somebody's score is, and why."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from baton.core import filters
from baton.core.facts import Fact
from baton.core.facts.models import FactRecord
from baton.core.settings.queries import organisation_zone
from baton.qualification.scoring.models import ScorePart, ScoreRule
from baton.qualification.scoring.rules import (
    Figures,
    Kind,
    Part,
    Tally,
    figures,
    gained,
    matches,
)
from baton.records.people.models import Identity, Person
from baton.records.people.queries import born_as

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

    @property
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


def known_now(person_ids: Iterable[int]) -> dict[int, int]:
    """Ids of the fact log -> the person that is now; ids of nobody are left out."""
    ids = set(person_ids)
    merged = dict(Identity.objects.filter(old_id__in=ids).values_list("old_id", "person_id"))
    there = set(
        Person.objects.filter(pk__in=ids | set(merged.values())).values_list("pk", flat=True)
    )
    return {old: now for old in ids if (now := merged.get(old, old)) in there}


def positions_of(facts: Iterable[Fact]) -> dict[int, int]:
    """By fact id its place in the log."""
    rows = FactRecord.objects.filter(pk__in=[fact.id for fact in facts])
    return {pk: position or 0 for pk, position in rows.values_list("pk", "position")}


Tallies = dict[tuple[int, int], Tally]  # by person and rule


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The whole log of some people, folded: ``position`` is the last one seen of each."""

    tallies: Tallies
    position: Mapping[int, int]


def read_log(
    person_ids: Collection[int],
    *,
    book: RuleBook,
    with_unnumbered: bool = False,
    until: datetime | None = None,
) -> Reading:
    """Fold everything that stands in the log about these people, or what happened up to then.

    Facts that have no place in the log yet are left out: the subscriber will bring them.
    """
    born = born_as(person_ids)
    rows = FactRecord.objects.standing().filter(person_id__in=born, name__in=book.engagement)
    if not with_unnumbered:
        rows = rows.filter(position__isnull=False)
    if until:
        rows = rows.filter(happened_at__lte=until)
    tallies: Tallies = {}
    position: dict[int, int] = {}
    for row in rows.order_by("position", "pk"):
        person_id = born[row.person_id or 0]
        position[person_id] = row.position or 0
        fact = row.as_fact()
        count_fact(tallies, fact=fact, name=row.name, person_id=person_id, book=book)
    return Reading(tallies=tallies, position=position)


def count_fact(
    tallies: Tallies, *, fact: Fact, name: str, person_id: int, book: RuleBook
) -> Iterable[tuple[int, int]]:
    """Add one fact to the tallies in place; says which of them it touched."""
    touched = []
    for rule in book.rules_for(name=name, payload=fact.payload()):
        at, key = fact.happened_at, (person_id, rule.pk)
        empty = Tally(part=Part(value=0, as_of=at, half_life_days=rule.half_life_days))
        tallies[key] = tallies.get(key, empty).with_fact(fact_id=fact.id, points=rule.points, at=at)
        touched.append(key)
    return touched


def who_fits(
    person_ids: Collection[int], *, book: RuleBook, at: datetime
) -> Iterator[tuple[ScoreRule, set[int]]]:
    """For each fit rule the ones of these people whom it is about: one query a rule."""
    zone = organisation_zone()
    people = Person.objects.filter(pk__in=person_ids)
    for rule, chosen in book.fit.items():
        asked = people.filter(filters.compile(chosen, at=at, zone=zone))
        yield rule, set(asked.values_list("pk", flat=True))


def parts_of(person_ids: Collection[int]) -> dict[int, list[ScorePart]]:
    """The parts that count, by person, in the order of the rules."""
    rows = ScorePart.objects.filter(
        person_id__in=person_ids, rule__is_active=True, rule__deleted_at=None
    )
    found: dict[int, list[ScorePart]] = {pk: [] for pk in person_ids}
    for part in rows.select_related("rule").order_by("rule__position", "rule_id"):
        found[part.person_id].append(part)
    return found


def as_parts(rows: Iterable[ScorePart], *, kind: Kind) -> list[Part]:
    """The rows of a kind as the rules want them."""
    return [
        Part(
            value=row.value,
            as_of=row.as_of,
            half_life_days=row.half_life_days,
            cap=row.rule.cap,
        )
        for row in rows
        if row.rule.kind == kind
    ]


def figures_from(rows: Collection[ScorePart], *, at: datetime) -> Figures:
    """The shown figures that these parts make at a moment."""
    return figures(
        fit=as_parts(rows, kind=Kind.FIT),
        engagement=as_parts(rows, kind=Kind.ENGAGEMENT),
        at=at,
    )


def score_of(person: Person, at: datetime) -> Figures:
    """Fit, engagement and their sum at a moment, in whole points."""
    return figures_from(parts_of([person.pk])[person.pk], at=at)


@dataclass(frozen=True, kw_only=True)
class ExplainedPart:
    """One line of an explanation. ``when``: of the latest fact, or since when somebody fits."""

    kind: str  # rules.Kind
    points: int
    words: str
    when: datetime | None
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a score is what it is: the signed points of the parts and of ``faded`` add up to it."""

    figures: Figures
    parts: tuple[ExplainedPart, ...]
    faded: int  # what time has taken since: below 0, unless minus points have faded more


def explain(person: Person, at: datetime) -> Explanation:
    """The score in signed points, the heaviest first; what has faded is a sum of its own."""
    return explain_parts(parts_of([person.pk])[person.pk], at=at)


def explain_parts(rows: Collection[ScorePart], *, at: datetime) -> Explanation:
    """The same for parts at hand."""
    total = figures_from(rows, at=at)
    lines = [
        ExplainedPart(
            kind=row.rule.kind,
            points=gained(points=row.rule.points, count=row.count, cap=row.rule.cap),
            words=row.rule.name,
            when=row.as_of,
            count=row.count,
        )
        for row in rows
    ]
    lines.sort(key=lambda line: (-abs(line.points), line.points < 0))
    return Explanation(
        figures=total,
        parts=tuple(lines),
        faded=total.score - sum(line.points for line in lines),
    )


def explain_history(person: Person, at: datetime, *, book: RuleBook | None = None) -> Explanation:
    """What the score was, or would have been, at a moment in the past: from the log, unstored.

    With today's rules (``book``, where they are at hand), and whom they fit today.
    """
    book = book or rule_book()
    tallies = read_log([person.pk], book=book, with_unnumbered=True, until=at).tallies
    rules = {rule.pk: rule for same in book.engagement.values() for rule in same}
    rows = [
        ScorePart(
            person=person,
            rule=rules[rule_id],
            value=tally.part.value,
            as_of=tally.part.as_of,
            half_life_days=tally.part.half_life_days,
            count=tally.count,
        )
        for (_, rule_id), tally in tallies.items()
    ]
    fitting = [rule for rule, people in who_fits([person.pk], book=book, at=at) if people]
    rows += [ScorePart(person=person, rule=rule, value=rule.points, as_of=at) for rule in fitting]
    return explain_parts(rows, at=at)


def people_after(person_id: int, *, limit: int) -> list[int]:
    """The next ids, in order, for work that goes through everybody."""
    rows = Person.objects.filter(pk__gt=person_id).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def people_of_batch(batch: UUID, *, after: int, limit: int) -> list[int]:
    """The next ids about whom the facts of a batch told, retracted ones, too."""
    rows = FactRecord.objects.filter(batch=batch, person_id__gt=after).order_by("person_id")
    return [pk for pk in rows.values_list("person_id", flat=True).distinct()[:limit] if pk]


def has_windows() -> bool:
    """Whether somebody may stop to fit a rule by the mere passing of days."""
    return any(chosen.has_window for chosen in rule_book().fit.values())


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
    part = replace(tally.part, cap=rule.cap)
    return Trial(points=figures(fit=[], engagement=[part], at=at).engagement, count=tally.count)
