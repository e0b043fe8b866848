"""Which file is which part of the recipe; refused before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baton.core.fields.rules import Kind
from baton.core.offers import ImportKind, ImportTarget, import_targets
from baton.operations.exchange.rules.reading import Sheet, open_sheet
from baton.operations.exchange.rules.recipe import CUSTOM, FileRecipe, ObjectRecipe, Recipe
from baton.operations.exchange.rules.refusals import Unusable


@dataclass(frozen=True)
class Job:
    """One kind of object of one file."""

    sheet: Sheet
    recipe: ObjectRecipe
    target: ImportTarget
    stages: ImportTarget | None = None  # takes the dated stages of a person

    def kinds(self) -> dict[str, str]:
        """Field -> kind of its cells; a link's cell is text."""
        return {
            field.name: "text" if field.kind is ImportKind.LINK else str(field.kind)
            for field in self.target.fields
        }


def plan(paths: Sequence[Path], recipe: Recipe) -> list[Job]:
    """The jobs in the order in which they must run. Raises Unusable."""
    targets = {target.object_type: target for target in import_targets}
    check(recipe, targets)
    jobs = []
    for sheet in [open_sheet(path) for path in paths]:
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


def _check_fields(part: FileRecipe, thing: ObjectRecipe, target: ImportTarget) -> None:
    known = {field.name for field in target.fields}
    for name, spec in thing.fields.items():
        if not name.startswith(CUSTOM) and name not in known:
            words = ", ".join(sorted(known))
            raise Unusable(f"{part.label}: a {thing.type} has no field “{name}”. Use {words}.")
        if name.startswith(CUSTOM) and spec.kind not in set(Kind):
            raise Unusable(f"{part.label}: “{spec.kind}” is no kind of field ({name}).")
    if thing.stages and thing.type != "person":
        raise Unusable(f"{part.label}: only a person has stages, a {thing.type} has none.")
    missing = {field.name for field in target.fields if field.is_required} - set(thing.fields)
    if missing:
        raise Unusable(
            f"{part.label}: a {thing.type} needs “{min(missing)}”. Add it to the recipe."
        )


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
