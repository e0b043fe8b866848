"""What the page of columns shows: what each file probably is, its values, and what does not fit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from baton.core.offers import ImportKind, import_targets
from baton.core.settings.queries import organisation_zone
from baton.operations.exchange.actions.choosing import kinds_of, sheets_of
from baton.operations.exchange.actions.recognising import is_general, known_recipes
from baton.operations.exchange.actions.uploads import noted_paths
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.cells import CannotMap, Shape, Shapes, check_cell
from baton.operations.exchange.rules.chosen import (
    ALIASES,
    KNOWN,
    NEW,
    OUT,
    Chosen,
    compose,
    digest_of,
)
from baton.operations.exchange.rules.fitting import part_for
from baton.operations.exchange.rules.guessing import (
    date_patterns,
    day_first_of,
    guess_fields,
    guess_kind,
    is_comma_decimal,
)
from baton.operations.exchange.rules.reading import Line, Sheet
from baton.operations.exchange.rules.recipe import FileRecipe, ObjectRecipe, Recipe
from baton.records.people.queries import normalised
from baton.records.people.rules import split_emails
from baton.sales.deals.queries import pipelines, stages_of

LOOKED_AT = 2_000  # lines of each file
SAMPLES, LONGEST = 3, 60
MAILS = ("email", "other_email")
DATES = ("moment", "day", "date")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One header, and the files that have it."""

    digest: str
    names: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]  # their values
    numbers: Sequence[int]  # of the lines
    known: str  # what Baton knows it as
    is_general: bool = False  # as any list, which may have columns of its own

    def samples(self, column: str) -> list[str]:
        """A few that differ."""
        found = dict.fromkeys(value for value in self.columns[column] if value)
        return [value[:LONGEST] for value in islice(found, SAMPLES)]


def asked_of(record: Import) -> list[Asked]:
    """Every header once. Raises Unusable."""
    found: dict[str, Asked] = {}
    for sheet in sheets_of(noted_paths(record), zone=record.zone):
        digest = digest_of(sheet.header)
        if here := found.get(digest):
            found[digest] = replace(here, names=(*here.names, sheet.name))
        else:
            found[digest] = _asked(sheet, digest, record.zone)
    return list(found.values())


def _asked(sheet: Sheet, digest: str, zone: str) -> Asked:
    recipe, part = _known(sheet, zone)
    lines = [line for line in islice(sheet.lines(), LOOKED_AT) if isinstance(line, Line)]
    return Asked(
        digest=digest,
        names=(sheet.name,),
        columns={name: [line.cells[name] for line in lines] for name in sheet.header if name},
        numbers=[line.number for line in lines],
        known=f"{recipe.label}: {part.label}" if recipe and part else "",
        is_general=bool(recipe and is_general(recipe)),
    )


def _known(sheet: Sheet, zone: str) -> tuple[Recipe | None, FileRecipe | None]:
    """Lists of anybody's last: a file of one of the systems is never taken for one."""
    recipes = known_recipes(zone or str(organisation_zone()))
    for recipe in sorted(recipes, key=is_general):
        if part := part_for(recipe, sheet.header):
            return recipe, part
    return None, None


def propose(asked: Asked, *, kind: str = "") -> Chosen:
    """By the names of the columns and the look of their values."""
    if not kind:
        is_plain = bool(asked.known) and not asked.is_general
        kind = KNOWN if is_plain else guess_kind(asked.names[0], asked.columns)
    if kind in (KNOWN, OUT):
        return Chosen(kind=kind)
    chosen = Chosen(kind=kind, columns=guess_fields(kind, asked.columns))
    days, numbers = _of_kind(chosen, DATES), _of_kind(chosen, ("number", "money"))
    return replace(
        chosen,
        is_day_first=day_first_of([one for name in days for one in asked.columns[name]]),
        is_comma=is_comma_decimal([one for name in numbers for one in asked.columns[name]]),
    )


def settled(chosen: Chosen, asked: Asked, *, source: str) -> Chosen:
    """With what follows from the values: how dates are written, and whose stages these are."""
    patterns = {
        name: date_patterns(asked.columns[name], is_day_first=chosen.is_day_first)
        for name in _of_kind(chosen, DATES)
    }
    return replace(chosen, patterns=patterns, pipeline=_pipeline(chosen, asked, source))


def _of_kind(chosen: Chosen, wanted: Collection[str]) -> list[str]:
    """The columns whose fields are of these kinds."""
    kinds = kinds_of(chosen.kind)
    return [
        column
        for column, field in chosen.columns.items()
        if kinds.get(field, field.removeprefix(NEW)) in wanted
    ]


def _pipeline(chosen: Chosen, asked: Asked, source: str) -> str:
    """A pipeline of their own for deals in stages that our first one has not."""
    column = chosen.column("stage")
    ours = pipelines()
    if chosen.kind != "deal" or not column:
        return ""
    here = {stage.name.casefold() for stage in stages_of(ours[0])} if ours else set()
    wanted = {value.casefold() for value in asked.columns[column] if value}
    return "" if wanted <= here else source.capitalize()


def misfits(chosen: Chosen, asked: Asked, *, zone: str) -> dict[str, str]:
    """Column -> what is wrong with some of its values, of the first lines."""
    part = compose(chosen, label="", header=asked.columns, kinds=kinds_of(chosen.kind))
    where = ZoneInfo(zone or str(organisation_zone()))
    recipe = Recipe("", "", where, "", (), (part,), aliases=ALIASES)
    found: dict[str, str] = {}
    for thing in part.objects:
        for name, spec in thing.fields.items():
            if spec.column and spec.column not in found:
                wrong = list(_wrong(name, thing, asked, recipe))
                if wrong:
                    found[spec.column] = _sentence(name, thing, wrong, asked)
    return found


def _wrong(
    name: str, thing: ObjectRecipe, asked: Asked, recipe: Recipe
) -> Iterator[tuple[int, str]]:
    """The lines whose cell does not fit, and why."""
    spec, shapes = replace(thing.fields[name], others=(), by=""), _shapes(thing.type)
    for number, value in zip(asked.numbers, asked.columns[spec.column], strict=True):
        line = Line(number, {spec.column: value})
        try:
            text = check_cell(line, name, spec, recipe=recipe, shapes=shapes)
        except CannotMap as no:
            yield number, str(no)
            continue
        wrong = name in MAILS and [one for one in split_emails(text) if not normalised(one)]
        if text and wrong:
            words = gettext("“%(text)s” is no mail address.")
            yield number, words % {"text": wrong[0][:LONGEST]}


def _shapes(kind: str) -> Shapes:
    target = import_targets.find(kind)
    fields = target.fields if target else ()
    shapes = {
        one.name: Shape(
            "text" if one.kind is ImportKind.LINK else str(one.kind), one.longest, one.choices
        )
        for one in fields
    }
    return Shapes(shapes, 0)


def _sentence(
    name: str, thing: ObjectRecipe, wrong: Sequence[tuple[int, str]], asked: Asked
) -> str:
    """“17 of 200 are no dates, first in line 5”, and why the first is none."""
    spec = thing.fields[name]
    known = kinds_of(thing.type).get(name, spec.kind)
    count, of = len(wrong), sum(bool(value) for value in asked.columns[spec.column])
    said = {"n": count, "of": of, "line": wrong[0][0], "why": wrong[0][1]}
    return _words("mail" if name in MAILS else known, count) % said


def _words(kind: str, n: int) -> str:
    if kind in {"moment", "day", "date"}:
        return ngettext(
            "%(n)s of %(of)s, in line %(line)s: %(why)s",
            "%(n)s of %(of)s are no dates, first in line %(line)s: %(why)s",
            n,
        )
    if kind in {"number", "money"}:
        return ngettext(
            "%(n)s of %(of)s, in line %(line)s: %(why)s",
            "%(n)s of %(of)s are no numbers, first in line %(line)s: %(why)s",
            n,
        )
    if kind == "mail":
        return ngettext(
            "%(n)s of %(of)s, in line %(line)s: %(why)s",
            "%(n)s of %(of)s are no mail addresses, first in line %(line)s: %(why)s",
            n,
        )
    return ngettext(
        "%(n)s of %(of)s does not fit, in line %(line)s: %(why)s",
        "%(n)s of %(of)s do not fit, first in line %(line)s: %(why)s",
        n,
    )
