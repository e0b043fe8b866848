"""Which file is which part of the recipe; refused before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baton.core.fields.rules import Kind
from baton.core.offers import ImportField, ImportKind, ImportTarget, import_targets
from baton.operations.exchange.rules.mapping import LONGEST_OWNER, Shape, Shapes
from baton.operations.exchange.rules.reading import Sheet, names_of, open_sheet
from baton.operations.exchange.rules.recipe import CUSTOM, FileRecipe, ObjectRecipe, Recipe
from baton.operations.exchange.rules.refusals import Unusable


@dataclass(frozen=True)
class Job:
    """One kind of object of one file."""

    sheet: Sheet
    recipe: ObjectRecipe
    target: ImportTarget
    stages: ImportTarget | None = None  # takes the dated stages of a person

    def shapes(self) -> Shapes:
        """What the cells must look like; a link's cell is the key of another object."""
        found = {
            field.name: Shape("text", LONGEST_OWNER)
            if field.kind is ImportKind.LINK
            else Shape(str(field.kind), field.longest, field.choices)
            for field in self.target.fields
        }
        return Shapes(found, self.target.longest_key)

    def column_of(self, field: str) -> str:
        """The column to mend; that of the key where a refusal names no field."""
        spec = self.recipe.fields.get(field, self.recipe.key)
        return next(iter(spec.columns()), "")


def plan(paths: Sequence[Path], recipe: Recipe) -> list[Job]:
    """The jobs in the order in which they must run. Raises Unusable."""
    targets = {target.object_type: target for target in import_targets}
    check(recipe, targets)
    jobs = []
    for sheet in [open_sheet(*one) for one in zip(paths, names_of(paths), strict=True)]:
        part = _part_for(sheet, recipe)
        jobs += [_job(sheet, one, targets) for one in part.objects]
    return sorted(jobs, key=lambda job: job.target.order)


def _job(sheet: Sheet, thing: ObjectRecipe, targets: dict[str, ImportTarget]) -> Job:
    stages = targets["stage"] if thing.type == "person" else None
    return Job(sheet, thing, targets[thing.type], stages)


def check(recipe: Recipe, targets: dict[str, ImportTarget]) -> None:
    """Every type, field and kind that the recipe names must exist. Raises Unusable."""
    for part in recipe.files:
        for thing in part.objects:
            if thing.type not in targets:
                words = ", ".join(sorted(targets))
                raise Unusable(f"{part.label}: “{thing.type}” cannot be imported. Use {words}.")
            _check_fields(part, thing, targets[thing.type])
            _check_stages(part, thing, targets)


def _check_fields(part: FileRecipe, thing: ObjectRecipe, target: ImportTarget) -> None:
    known = {field.name for field in target.fields}
    for name, spec in thing.fields.items():
        if not name.startswith(CUSTOM) and name not in known:
            words = ", ".join(sorted(known))
            raise Unusable(f"{part.label}: a {thing.type} has no field “{name}”. Use {words}.")
        if name.startswith(CUSTOM) and spec.kind not in set(Kind):
            raise Unusable(f"{part.label}: “{spec.kind}” is no kind of field ({name}).")
    missing = {field.name for field in target.fields if field.is_required} - set(thing.fields)
    if missing:
        raise Unusable(
            f"{part.label}: a {thing.type} needs “{min(missing)}”. Add it to the recipe."
        )

    _check_values(part, thing, {field.name: field for field in target.fields})


def _check_values(part: FileRecipe, thing: ObjectRecipe, fields: dict[str, ImportField]) -> None:
    """What the recipe itself says for every row."""
    for name, spec in thing.fields.items():
        choices = fields[name].choices if name in fields else ()
        if choices and spec.fixed and spec.fixed not in choices:
            words = ", ".join(choices)
            raise Unusable(f"{part.label}: “{spec.fixed}” is no {name}. Use one of: {words}.")
    kind = fields[thing.dated].kind if thing.dated in fields else ImportKind.MOMENT
    if kind not in {ImportKind.MOMENT, ImportKind.DAY}:
        raise Unusable(f"{part.label}: “{thing.dated}” is no date: it cannot date the row.")


def _check_stages(part: FileRecipe, thing: ObjectRecipe, targets: dict[str, ImportTarget]) -> None:
    if thing.stages and thing.type != "person":
        raise Unusable(f"{part.label}: only a person has stages, a {thing.type} has none.")
    if not thing.stages:
        return
    [field] = [field for field in targets["stage"].fields if field.name == "stage"]
    for spec in thing.stages:
        if spec.stage not in field.choices:
            words = ", ".join(field.choices)
            raise Unusable(f"{part.label}: “{spec.stage}” is no stage. Use one of: {words}.")


def _part_for(sheet: Sheet, recipe: Recipe) -> FileRecipe:
    """The part of the recipe whose columns the file has; the greediest when several fit."""
    header = set(sheet.header)
    fitting = [part for part in recipe.files if part.columns() <= header]
    if fitting:
        return max(fitting, key=lambda part: len(part.columns()))
    nearest = max(recipe.files, key=lambda part: len(part.columns() & header))
    missing = sorted(nearest.columns() - header)
    raise Unusable(
        f"{sheet.name}, line 1: the column “{missing[0]}” is missing for “{nearest.label}” of "
        f"recipe {recipe.name}. Add it, or mend the recipe."
    )
