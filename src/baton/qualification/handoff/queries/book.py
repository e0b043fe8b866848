"""The rules of routing, read once; and whom their conditions are about, asked in memory."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from baton.core import filters
from baton.core.bulk import bites
from baton.core.offers import FilterField
from baton.core.prepared import Prepared
from baton.qualification.handoff.models import Pool, RoutingRule, Territory
from baton.qualification.handoff.rules import Condition, PoolView, Wish, territory_tree
from baton.records.people.models import Person

Row = tuple[int, int, str, int, str, str, str]  # of a rule
ANY = ""  # stands in a set of values for those that nobody asked about


@dataclass(frozen=True, kw_only=True)
class RuleView:
    """A routing rule in use; without ``chosen`` it can no longer be read and is about nobody."""

    id: int
    position: int
    name: str
    pool_id: int
    chosen: filters.Filter | None
    wish: Wish

    @cached_property
    def missed(self) -> Condition:
        """Of whom it is not about: the same for all of them."""
        return Condition(
            name=self.name,
            pool=PoolView(id=self.pool_id, name=""),
            is_match=False,
            wish=self.wish,
        )


@dataclass(frozen=True, kw_only=True)
class LandView:
    """A territory in use, in the order in which they are tried."""

    id: int
    name: str
    chosen: filters.Filter | None
    pool_id: int | None
    rep_id: int | None


@dataclass(frozen=True, kw_only=True)
class Book:
    """All that decides where a lead goes, but for people and companies."""

    rules: Sequence[RuleView]
    lands: Sequence[LandView]
    pools: Mapping[int, Pool]

    def with_rule(self, rule: RuleView) -> "Book":
        """The same with this one in its place, instead of itself if it is known."""
        others = [one for one in self.rules if one.id != rule.id]
        place = sum(one.position < rule.position for one in others)
        return replace(self, rules=[*others[:place], rule, *others[place:]])

    def without_rule(self, rule_id: int) -> "Book":
        """The same as if that one were not in use."""
        return replace(self, rules=[one for one in self.rules if one.id != rule_id])

    def asked(self) -> Iterator[filters.Filter]:
        """Each filter that has to be answered for somebody."""
        both = [*(rule.chosen for rule in self.rules), *(land.chosen for land in self.lands)]
        yield from filter(None, both)


_RULES: Prepared[Row] = Prepared(
    # A condition as it is written: what was read once is known by its words.
    lambda: (
        RoutingRule.objects.living()
        .filter(is_active=True)
        .annotate(words=Cast("condition", TextField()))
        .values_list("pk", "position", "name", "pool", "words", "language", "skill")
    )
)
_LANDS = Prepared(lambda: Territory.objects.living().filter(is_active=True))
_POOLS = Prepared(lambda: Pool.objects.living().order_by("pk"))


def living_pools() -> dict[int, Pool]:
    """By id."""
    return _POOLS.by_id()


def read_book() -> Book:
    """As the tables have it: three queries, one more for each field with choices that a rule asks
    by, and no rule is read twice in the same words while what it asks by is there."""
    standing = filters.Standing()
    return Book(
        rules=[_rule(row, standing) for row in _RULES.rows()],
        lands=[land_view(land) for land in _LANDS.rows()],
        pools=living_pools(),
    )


def _rule(row: Row, standing: filters.Standing) -> RuleView:
    """In words that were read before a field or a choice went it is asked anew, as a process
    would that begins now; so is one that cannot be read: its field may come back."""
    try:
        known = _read_rule(row)
        if known.chosen is None or standing.holds(known.chosen):
            return known
        return _view(row, chosen=_read(row[4]))
    except filters.BadFilter:
        return _view(row, chosen=None)


@lru_cache(maxsize=4096)  # each version of a rule once: hundreds are asked for each lead
def _read_rule(row: Row) -> RuleView:
    return _view(row, chosen=_parsed(row[4]))


def _view(row: Row, *, chosen: filters.Filter | None) -> RuleView:
    pk, position, name, pool_id, _words, language, skill = row
    wish = Wish(language=language, skill=skill)
    return RuleView(id=pk, position=position, name=name, pool_id=pool_id, chosen=chosen, wish=wish)


def land_view(land: Territory) -> LandView:
    """As routing asks for it."""
    return LandView(
        id=land.pk or 0,
        name=land.name,
        chosen=read_condition(territory_tree(land.marks())),
        pool_id=land.pool_id,
        rep_id=land.rep_id,
    )


def read_condition(condition: object) -> filters.Filter | None:
    """None when it cannot be read (any more)."""
    if condition is None:
        return None
    words = json.dumps(condition, sort_keys=True)
    try:
        known = _parsed(words)
        return known if filters.Standing().holds(known) else _read(words)
    except filters.BadFilter:
        return None


@lru_cache(maxsize=2048)  # hundreds of rules are asked for each lead
def _parsed(words: str) -> filters.Filter:
    return _read(words)


def _read(words: str) -> filters.Filter:
    return filters.parse(json.loads(words), object_type="person")


def values_of(
    person_ids: Collection[int], asked: Iterable[filters.Filter]
) -> dict[int, dict[str, Any]]:
    """What the filters ask about these people, as ``filters.Matching`` takes it; one query for a
    thousand of them, however many filters there are."""
    fields: dict[str, FilterField] = {}
    sets: dict[str, set[str]] = defaultdict(set)
    for chosen in asked:
        for condition in chosen.conditions:
            fields[condition.field.name] = condition.field
            if condition.field.having:
                sets[condition.field.name].update(map(str, condition.values))
    plain = {name: _plain(field) for name, field in fields.items() if not field.having}
    held = {name: _held(fields[name], values) for name, values in sets.items()}
    columns = {f"asked_{name}": column for name, column in plain.items()}
    for name, flags in held.items():
        columns |= {f"holds_{name}_{n}": flag for n, flag in enumerate(flags.values())}
    found: dict[int, dict[str, Any]] = {}
    people: Any = Person.objects.order_by()
    for some in bites(person_ids):
        rows: Iterable[dict[str, Any]] = people.filter(pk__in=some).values("pk", **columns)
        for row in rows:
            values = {name: row[f"asked_{name}"] for name in plain}
            for name, flags in held.items():
                marks = enumerate(flags)
                values[name] = frozenset(one for n, one in marks if row[f"holds_{name}_{n}"])
            found[row["pk"]] = values
    return found


def _plain(field: FilterField) -> Combinable:
    return F(field.path) if isinstance(field.path, str) else field.path()


def _held(field: FilterField, values: Collection[str]) -> dict[str, Combinable]:
    """By value whether they have it; by ANY whether they have any."""
    having = field.having
    assert having  # noqa: S101 -- a set's
    asks = {ANY: having([])} | {value: having([value]) for value in sorted(values)}
    return {
        value: Case(When(asked, then=Value(value=True)), default=Value(value=False))
        for value, asked in asks.items()
    }
