"""Which part of a recipe a header belongs to, and that part as this header spells it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from baton.operations.exchange.rules.recipe import (
    CUSTOM,
    WHY,
    FileRecipe,
    ObjectRecipe,
    Recipe,
    Skip,
    Spec,
    StageSpec,
)

LONGEST_CODE = 60
DAYS = frozenset({"day", "from_on"})  # fields: of which day a row's figures are


def fit_of(part: FileRecipe, header: Collection[str]) -> tuple[int, int]:
    """How well it fits: exactly, or but for the case; and by how many columns. (0, 0): not."""
    if part.is_whole:
        names = {name.casefold() for name in header if name != WHY}
        same = [one for one in part.known_by if {name.casefold() for name in one} == names]
        return (3, len(names)) if same else (0, 0)
    exact, folded = set(header), {name.casefold() for name in header}
    best = (0, 0)
    for known in part.known_by:
        if _all_in(known, exact):
            best = max(best, (2, len(known)))
        elif _all_in({name.casefold() for name in known}, folded):
            best = max(best, (1, len(known)))
    if not part.known_by and part.columns() <= exact:
        best = (2, len(part.columns()))
    return best


def without_day(recipe: Recipe) -> dict[frozenset[str], str]:
    """Columns that a file would be known by, had it the day of each row; by these that column."""
    found: dict[frozenset[str], str] = {}
    for part in recipe.files:
        days = {
            name
            for thing in part.objects
            for field in DAYS & set(thing.fields)
            for name in thing.fields[field].columns()
        }
        for known in part.known_by:
            rest = known - days
            if rest and len(known - rest) == 1:
                found.setdefault(rest, next(iter(known - rest)))
    return found


def _all_in(known: Collection[str], header: Collection[str]) -> bool:
    """Whether each name is there; the star in "Amount spent (*)" stands for any text."""
    return all(
        name in header or ("*" in name and any(fnmatchcase(one, name) for one in header))
        for name in known
    )


def part_for(recipe: Recipe, header: Collection[str]) -> FileRecipe | None:
    """The part that fits best; None when none does."""
    fits = [(fit_of(part, header), part) for part in recipe.files]
    fit, part = max(fits, key=lambda one: one[0])
    return part if fit > (0, 0) else None


def fitted(part: FileRecipe, header: Sequence[str]) -> FileRecipe:
    """The part with the header's own spelling, without what the file has no column for.

    Columns that nobody names become custom fields where the part wants them.
    """
    if not part.known_by:
        return part
    names = {name.casefold(): name for name in reversed(header)} | {name: name for name in header}
    objects = [fit for one in part.objects if (fit := _object(one, names))]
    used = set().union(*(one.columns() for one in objects))
    ignored = {name.casefold() for name in part.ignore}
    rest = [name for name in header if name not in used and name.casefold() not in ignored]
    objects = [_with_rest(one, [name for name in rest if name]) for one in objects]
    skip = [Skip(column, one.words) for one in part.skip if (column := _spec(one.column, names))]
    continues = _named(part.continues, names) or "" if part.continues else ""
    return replace(part, objects=tuple(objects), skip=tuple(skip), continues=continues)


def _object(thing: ObjectRecipe, names: Mapping[str, str]) -> ObjectRecipe | None:
    key = _spec(thing.key, names)
    if key is None:
        return None
    fields = {name: fit for name, one in thing.fields.items() if (fit := _spec(one, names))}
    return replace(
        thing,
        key=key,
        also=_spec(thing.also, names) if thing.also else None,
        fields=fields,
        keep_empty=thing.keep_empty & set(fields),
        dated=thing.dated if thing.dated in fields else "",
        stages=tuple(move for one in thing.stages if (move := _stage(one, names))),
    )


def _stage(one: StageSpec, names: Mapping[str, str]) -> StageSpec | None:
    stage, at = _spec(one.stage, names), _spec(one.at, names)
    owner = _spec(one.owner, names) if one.owner else None
    return StageSpec(stage, at, owner) if stage and at else None


def _spec(spec: Spec, names: Mapping[str, str]) -> Spec | None:
    """The first way that the file has, and the others that it has after it."""
    found = [fit for one in spec.ways if (fit := _own(one, names))]
    return replace(found[0], others=tuple(found[1:])) if found else None


def _own(spec: Spec, names: Mapping[str, str]) -> Spec | None:
    actual = [_named(name, names) for name in spec.own_columns()]
    if not all(actual):
        return None
    if spec.column and spec.starred:
        begins, _star, ends = spec.column.partition("*")
        return Spec(fixed=(actual[0] or "")[len(begins) :].removesuffix(ends))
    if spec.column:
        paired = _named(spec.paired, names) or "" if spec.paired else ""
        return replace(spec, column=actual[0] or "", paired=paired, others=())
    if spec.gathered:
        return replace(spec, gathered=tuple(map(str, actual)), others=())
    if spec.joined:
        return replace(spec, joined=tuple(map(str, actual)), others=())
    pieces = spec.pieces
    if not spec.template or not actual:
        return replace(spec, others=())
    texts = [text.replace("{", "{{").replace("}", "}}") for text, _name in pieces]
    after = [f"{{{_named(name, names)}}}" if name else "" for _text, name in pieces]
    template = "".join(text + column for text, column in zip(texts, after, strict=True))
    return replace(spec, template=template, others=())


def _named(name: str, names: Mapping[str, str]) -> str | None:
    found = names.get(name) or names.get(name.casefold())
    if found or "*" not in name:
        return found
    return next((own for said, own in names.items() if fnmatchcase(said, name.casefold())), None)


def _with_rest(thing: ObjectRecipe, columns: Sequence[str]) -> ObjectRecipe:
    if thing.rest and thing.rest != "custom":
        fields = {thing.rest: Spec(fixed=""), **thing.fields}
        return replace(thing, told=tuple(columns), fields=fields)
    if not thing.rest:
        return thing
    fields = dict(thing.fields)
    for column in columns:
        code = free_code(column, fields)
        fields[CUSTOM + code] = Spec(column=column, label=column[:120])
    return replace(thing, fields=fields)


def free_code(column: str, taken: Collection[str]) -> str:
    """A custom field's code out of a column's name."""
    bare = re.sub(r"\W+", "_", column.casefold()).strip("_")[: LONGEST_CODE - 3] or "field"
    code, number = bare, 1
    while CUSTOM + code in taken:
        number += 1
        code = f"{bare}_{number}"
    return code
