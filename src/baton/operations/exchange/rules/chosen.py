"""What somebody chose for the columns of a file, and the part of a recipe that it makes."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from baton.operations.exchange.rules.column_names import SEVERAL
from baton.operations.exchange.rules.fitting import free_code
from baton.operations.exchange.rules.recipe import CUSTOM, WHY, FileRecipe, ObjectRecipe, Spec

KINDS = ("person", "company", "deal")
OUT = "out"  # the file stays out
KNOWN = "known"  # as Baton knows it
NEW = "new:"  # a custom field, and of which kind
FIRM, BUYER, CONSENT = "company.", "person.", "consent."
MOST_BUYERS = 5  # people of one line; who stands behind them must be here already
BETWEEN, BETWEEN_NAMES = ";,| \n\t", ";,|\n"  # what parts several in a cell
ALIASES: Mapping[str, Mapping[str, str]] = {
    "chosen-yes": {
        **dict.fromkeys(("yes", "ja", "oui", "si", "sí", "true", "1", "subscribed"), "yes"),
        **dict.fromkeys(("no", "nein", "non", "false", "0", "unsubscribed", "bounced"), "no"),
        "active": "yes",
        "opted in": "yes",
        "cleaned": "no",
        "opted out": "no",
    },
    "chosen-no": {
        **dict.fromkeys(("yes", "ja", "oui", "si", "sí", "true", "1", "opted out"), "no"),
        **dict.fromkeys(("no", "nein", "non", "false", "0"), "yes"),
    },
}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Column -> field of the kind of record that each line is; "" leaves the column out."""

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of dates, by column
    is_day_first: bool = True
    is_comma: bool = False  # 1.250,50
    pipeline: str = ""  # of deals whose stages ours has not

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    def column(self, name: str) -> str:
        """Where that field stands."""
        return next((column for column, one in self.columns.items() if one == name), "")

    def twice(self) -> list[str]:
        """Fields that are chosen for more than one column."""
        taken = (field for field in self.columns.values() if field not in SEVERAL)
        fields = [one for one in taken if one and not one.startswith(NEW)]
        return sorted({one for one in fields if fields.count(one) > 1})

    def is_enough(self) -> bool:
        """Whether a line tells which record it is about, and a deal its stage."""
        fields = {*self.columns.values()}
        wanted = {
            "person": {"email", "full_name", "last_name", "first_name"},
            "company": {"name", "domain"},
            "deal": {"name", "key"},
        }
        has_name = bool(fields & wanted.get(self.kind, {""}))
        return has_name and (self.kind != "deal" or "stage" in fields)


def digest_of(header: Collection[str]) -> str:
    """By what a header is met again: its columns, wherever they stand and whatever the case."""
    names = sorted(name.casefold() for name in header if name != WHY)
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()


def compose(
    chosen: Chosen, *, label: str, header: Collection[str], kinds: Mapping[str, str]
) -> FileRecipe:
    """``kinds``: of the fields, by their names."""
    one = _Columns(chosen, kinds)
    objects = {"person": _people, "company": _companies, "deal": _deals}[chosen.kind](one)
    known = frozenset(name for name in header if name != WHY)
    return FileRecipe(label=label, objects=tuple(objects), known_by=(known,), is_whole=True)


class _Columns:
    """The specs of the chosen columns."""

    def __init__(self, chosen: Chosen, kinds: Mapping[str, str]) -> None:
        self.chosen, self._kinds = chosen, kinds

    def of(self, name: str, *, by: str = "") -> list[Spec]:
        """The spec of this field; none where no column is chosen for it."""
        column = self.chosen.column(name)
        return [replace(self._spec(column, self._kinds.get(name, "text")), by=by)] if column else []

    def fields(self, *taken: str) -> dict[str, Spec]:
        """All fields of the record itself but those, and the custom ones."""
        found: dict[str, Spec] = {}
        for column, name in self.chosen.columns.items():
            if name.startswith(NEW):
                kind = name.removeprefix(NEW)
                code = CUSTOM + free_code(column, found)
                found[code] = replace(self._spec(column, kind), kind=kind, label=column[:120])
            elif name.startswith(CUSTOM):
                found[name] = self._own(column, name)
            elif name in SEVERAL and name in found:
                found[name] = _gathered(found[name], column)
            elif name and "." not in name and name not in (*taken, "key"):
                found[name] = self._spec(column, self._kinds.get(name, "text"))
        return found

    def as_field(self, field: str, name: str, *, by: str = "") -> dict[str, Spec]:
        """The same as the field of another record, or none."""
        found = self.of(name, by=by)
        return {field: found[0]} if found else {}

    def named(self, *names: str) -> list[Spec]:
        """Their texts joined; where all of them are chosen."""
        columns = [self.chosen.column(name) for name in names]
        return [Spec(joined=tuple(columns))] if all(columns) else []

    def firm(self) -> list[ObjectRecipe]:
        """The company that a person or a deal names."""
        key = [*self.of("company.key"), *self.of("company", by="name")]
        if not key:
            return []
        plain = {
            name.removeprefix(FIRM): self._own(column, name)
            if name.startswith(FIRM + CUSTOM)
            else self._spec(column, self._kinds.get(name, "text"))
            for column, name in self.chosen.columns.items()
            if name.startswith(FIRM) and name != "company.key"
        }
        if self.of("company.key"):
            plain |= self.as_field("name", "company")
        return [ObjectRecipe(type="company", key=_either(key), fields=plain, repeats=True)]

    def link(self) -> dict[str, Spec]:
        """To that company."""
        found = [*self.of("company.key"), *self.of("company", by="name")]
        return {"company": _either(found)} if found else {}

    def _own(self, column: str, name: str) -> Spec:
        """Of an own field that is there."""
        kind = self._kinds.get(name, "text")
        return replace(self._spec(column, kind), kind=kind)

    def _spec(self, column: str, kind: str) -> Spec:
        if kind in {"moment", "day", "date"}:
            return Spec(column=column, formats=tuple(self.chosen.patterns.get(column, ())))
        if kind in {"number", "money"}:
            return Spec(column=column, decimal="," if self.chosen.is_comma else ".")
        if kind == "boolean":
            return Spec(column=column, alias="chosen-yes")
        return Spec(column=column)


def _people(one: _Columns) -> list[ObjectRecipe]:
    mail, key = one.of("email", by="email"), one.of("key")
    named = [*one.named("first_name", "last_name"), *one.of("full_name"), *one.of("last_name")]
    person = ObjectRecipe(
        type="person",
        key=_either([*key, *mail, *named, *one.of("first_name")]),
        fields=one.fields("company") | one.link(),
        repeats=bool(key or mail),  # of namesakes without either, the second is told
    )
    return [*one.firm(), person, *_consents(one)]


def _consents(one: _Columns) -> list[ObjectRecipe]:
    """Who wants mails, and who does not."""
    said = [replace(spec, alias="chosen-yes") for spec in one.of("consent.is_given")]
    said += [replace(spec, alias="chosen-no") for spec in one.of("consent.refused")]
    mail = one.of("email")
    if not said or not mail:
        return []
    fields = {"email": mail[0], "is_given": _either(said)}
    return [ObjectRecipe(type="consent", key=mail[0], fields=fields, repeats=True)]


def _companies(one: _Columns) -> list[ObjectRecipe]:
    key = [*one.of("key"), *one.of("name", by="name"), *one.of("domain", by="domain")]
    fields = one.fields("parent") | one.as_field("parent", "parent", by="name")
    return [ObjectRecipe(type="company", key=_either(key), fields=fields, repeats=True)]


def _deals(one: _Columns) -> list[ObjectRecipe]:
    fields = one.fields("company", "person") | one.link()
    buyer = [*one.of("person"), *one.of("person.email", by="email")]
    people = _buyers(one)
    if mail := one.of("person.email", by="email"):
        fields["people"] = replace(mail[0], split=BETWEEN)
    if buyer:
        fields["person"] = _either(buyer)
    if one.chosen.pipeline and "pipeline" not in fields:
        fields["pipeline"] = Spec(fixed=one.chosen.pipeline)
    sold = [ObjectRecipe(type="product", key=spec, fields={}) for spec in one.of("product")]
    deal = ObjectRecipe(type="deal", key=_either([*one.of("key"), *one.of("name")]), fields=fields)
    return [*sold, *one.firm(), *people, deal]


def _buyers(one: _Columns) -> list[ObjectRecipe]:
    """Each of those whose addresses stand in the cell, with their names where there are as many."""
    found: list[ObjectRecipe] = []
    for mail in one.of("person.email"):
        for nth in range(MOST_BUYERS):
            said = replace(mail, split=BETWEEN, nth=nth)
            names = one.as_field("full_name", "person.full_name")
            pairs = {
                name: replace(spec, split=BETWEEN_NAMES, nth=nth, paired=mail.column)
                for name, spec in names.items()
            }
            fields = {"email": said, **pairs, **one.link()}
            key = replace(said, by="email")
            found.append(ObjectRecipe(type="person", key=key, fields=fields, repeats=True))
    return found


def _either(specs: Sequence[Spec]) -> Spec:
    """The first that says something."""
    return replace(specs[0], others=tuple(specs[1:]))


def _gathered(spec: Spec, column: str) -> Spec:
    """With what another column says besides."""
    return Spec(gathered=(*(spec.gathered or (spec.column,)), column))
