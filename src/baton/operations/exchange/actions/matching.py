"""Which file is which part of the recipe; refused before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from baton.core.errors import gettext_noop
from baton.core.fields.rules import Kind
from baton.core.offers import ImportField, ImportKind, ImportTarget, import_targets
from baton.operations.exchange.rules.cells import LONGEST_OWNER, Shape, Shapes
from baton.operations.exchange.rules.continuing import continued
from baton.operations.exchange.rules.fitting import fitted, part_for
from baton.operations.exchange.rules.mapping import Mapper
from baton.operations.exchange.rules.reading import Left, Line, Sheet, names_of, open_sheet
from baton.operations.exchange.rules.recipe import CUSTOM, FileRecipe, ObjectRecipe, Recipe
from baton.operations.exchange.rules.refusals import RowError, Unusable


@dataclass(frozen=True)
class Job:
    """One kind of object of one file."""

    sheet: Sheet
    recipe: ObjectRecipe
    target: ImportTarget
    part: FileRecipe
    stages: ImportTarget | None = None  # takes the dated stages of a person
    filled: set[str] = field(default_factory=set)  # custom fields of which a row says something

    def is_beside(self) -> bool:
        """Whether its objects are only what others of the line belong to, known by name or domain:
        those that are here already are not counted."""
        return bool(self.recipe.key.by) and any(
            field.of == self.recipe.type and field.name in other.fields
            for other in self.part.objects
            if other is not self.recipe
            for target in [import_targets.find(other.type)]
            if target
            for field in target.fields
        )

    def lines(self) -> Iterator[Line | RowError | Left]:
        """Of its file; one that goes on with the row above says what stands there, too."""
        lines = self.sheet.lines()
        return continued(lines, self.part.continues) if self.part.continues else lines

    def shapes(self) -> Shapes:
        """What the cells must look like; a link's cell is the key of another object."""
        found = {
            field.name: Shape("text", LONGEST_OWNER, is_many=field.is_many)
            if field.kind is ImportKind.LINK
            else Shape(str(field.kind), field.longest, field.choices, field.is_gathered)
            for field in self.target.fields
        }
        return Shapes(found, self.target.longest_key)

    def mapper(self, recipe: Recipe) -> Mapper:
        """What makes its lines into objects."""
        return Mapper(self.recipe, recipe=recipe, shapes=self.shapes())

    def column_of(self, name: str) -> str:
        """The column to mend; that of the key where a refusal names no field."""
        spec = self.recipe.fields.get(name, self.recipe.key)
        return next(iter(spec.columns()), "")


def plan(paths: Sequence[Path], recipe: Recipe) -> list[Job]:
    """The jobs in the order in which they must run. Raises Unusable."""
    targets = {target.object_type: target for target in import_targets}
    check(recipe, targets)
    jobs = []
    for path, name in zip(paths, names_of(paths), strict=True):
        sheet = open_sheet(path, name, headers=headers_of(recipe))
        part = fitted(_part_for(sheet, recipe), sheet.header)
        check_part(part, targets)
        jobs += [_job(sheet, part, one, targets) for one in part.objects]
    return sorted(jobs, key=_turn)


def _turn(job: Job) -> tuple[int, bool, bool]:
    """What is linked to first; of one kind those with keys before those with names, and files of
    their own before those that only mention them."""
    return job.target.order, bool(job.recipe.key.by), job.recipe.repeats


def _job(
    sheet: Sheet, part: FileRecipe, thing: ObjectRecipe, targets: dict[str, ImportTarget]
) -> Job:
    stages = targets["stage"] if thing.type == "person" else None
    return Job(sheet, thing, targets[thing.type], part, stages)


def headers_of(*recipes: Recipe) -> tuple[frozenset[str], ...]:
    """The sets of columns by which their parts are known."""
    return tuple(known for recipe in recipes for part in recipe.files for known in part.known_by)


def check(recipe: Recipe, targets: dict[str, ImportTarget]) -> None:
    """Every type, field and kind that the recipe names must exist. Raises Unusable."""
    for part in recipe.files:
        check_part(part, targets)


def check_part(part: FileRecipe, targets: dict[str, ImportTarget]) -> None:
    """The same of one part. Raises Unusable."""
    for thing in part.objects:
        if thing.type not in targets:
            words = gettext_noop("%(file)s: “%(type)s” cannot be imported. Use %(known)s.")
            known = ", ".join(sorted(targets))
            raise Unusable(words, file=part.label, type=thing.type, known=known)
        _check_fields(part, thing, targets[thing.type])
        _check_stages(part, thing, targets)


def _check_fields(part: FileRecipe, thing: ObjectRecipe, target: ImportTarget) -> None:
    known = {field.name for field in target.fields}
    for name, spec in thing.fields.items():
        if not name.startswith(CUSTOM) and name not in known:
            words = gettext_noop("%(file)s: a %(type)s has no field “%(name)s”. Use %(known)s.")
            said = {"name": name, "known": ", ".join(sorted(known))}
            raise Unusable(words, file=part.label, type=thing.type, **said)
        if name.startswith(CUSTOM) and spec.kind not in set(Kind):
            words = gettext_noop("%(file)s: “%(kind)s” is no kind of field (%(name)s).")
            raise Unusable(words, file=part.label, kind=spec.kind, name=name)
    missing = {field.name for field in target.fields if field.is_required} - set(thing.fields)
    if missing:
        words = gettext_noop("%(file)s: a %(type)s needs “%(name)s”. Add it to the recipe.")
        raise Unusable(words, file=part.label, type=thing.type, name=min(missing))

    _check_values(part, thing, {field.name: field for field in target.fields})


def _check_values(part: FileRecipe, thing: ObjectRecipe, fields: dict[str, ImportField]) -> None:
    """What the recipe itself says for every row."""
    for name, spec in thing.fields.items():
        choices = fields[name].choices if name in fields else ()
        if choices and spec.fixed and spec.fixed not in choices:
            words = gettext_noop("%(file)s: “%(text)s” is no %(name)s. Use one of: %(known)s.")
            said = {"name": name, "known": ", ".join(choices)}
            raise Unusable(words, file=part.label, text=spec.fixed, **said)
    kind = fields[thing.dated].kind if thing.dated in fields else ImportKind.MOMENT
    if kind not in {ImportKind.MOMENT, ImportKind.DAY}:
        words = gettext_noop("%(file)s: “%(name)s” is no date: it cannot date the row.")
        raise Unusable(words, file=part.label, name=thing.dated)


def _check_stages(part: FileRecipe, thing: ObjectRecipe, targets: dict[str, ImportTarget]) -> None:
    if thing.stages and thing.type != "person":
        words = gettext_noop("%(file)s: only a person has stages, a %(type)s has none.")
        raise Unusable(words, file=part.label, type=thing.type)
    if not thing.stages:
        return
    [known] = [one.choices for one in targets["stage"].fields if one.name == "stage"]
    for spec in thing.stages:
        if spec.stage.fixed and spec.stage.fixed not in known:
            words = gettext_noop("%(file)s: “%(stage)s” is no stage. Use one of: %(known)s.")
            said = {"stage": spec.stage.fixed, "known": ", ".join(known)}
            raise Unusable(words, file=part.label, **said)


def _part_for(sheet: Sheet, recipe: Recipe) -> FileRecipe:
    """The part of the recipe whose columns the file has; the greediest when several fit."""
    header = set(sheet.header)
    if part := part_for(recipe, header):
        return part
    if any(one.known_by for one in recipe.files):
        words = gettext_noop("%(file)s is no file of %(recipe)s that Baton knows: %(known)s.")
        known = ", ".join(one.label for one in recipe.files)
        raise Unusable(words, file=sheet.name, recipe=recipe.label or recipe.name, known=known)
    nearest = max(recipe.files, key=lambda part: len(part.columns() & header))
    missing = sorted(nearest.columns() - header)
    words = gettext_noop(
        "%(file)s, line 1: the column “%(column)s” is missing for “%(part)s” of "
        "recipe %(recipe)s. Add it, or mend the recipe."
    )
    said = {"column": missing[0], "part": nearest.label, "recipe": recipe.name}
    raise Unusable(words, file=sheet.name, **said)
