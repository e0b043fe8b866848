"""Files known by their header: which recipe brings them in when the user names none."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from baton.core.errors import gettext_noop
from baton.core.offers import import_formats
from baton.core.settings.queries import organisation_zone
from baton.operations.exchange.actions.matching import headers_of
from baton.operations.exchange.rules.fitting import fit_of, part_for, without_day
from baton.operations.exchange.rules.reading import open_sheet
from baton.operations.exchange.rules.recipe import FileRecipe, Recipe
from baton.operations.exchange.rules.recipe_file import read_recipe
from baton.operations.exchange.rules.refusals import Unusable

FOLDER = Path(__file__).parents[1] / "recipes"
GENERAL = "list"  # the source of what is no system's own file


class Unknown(Unusable):
    """Files whose columns no format has, or not the one that the others are of."""


@cache
def known_recipes(zone: str) -> tuple[Recipe, ...]:
    """Those that ship, and those that modules offer. ``zone``: where a recipe names none."""
    paths = [*sorted(FOLDER.glob("*.toml")), *(offer.recipe for offer in import_formats)]
    return tuple(read_recipe(path, zone=zone) for path in paths)


def is_general(recipe: Recipe) -> bool:
    """Whether it knows lists of anybody's, by what columns are usually called."""
    return recipe.source == GENERAL


def recipe_for(paths: Sequence[Path], *, zone: str = "") -> Recipe:
    """The recipe that knows every file; ``zone``: of its times, else the company's. Raises
    Unusable."""
    recipes = known_recipes(zone or str(organisation_zone()))
    every = [*headers_of(*recipes), *(head for one in recipes for head in without_day(one))]
    headers = {path: open_sheet(path, headers=every).header for path in paths}
    fits = [(_fit(recipe, [*headers.values()]), recipe) for recipe in recipes]
    fit, best = max(fits, key=lambda one: one[0])
    if fit[0] == len(paths):
        return best
    stranger = next(path for path, header in headers.items() if not part_for(best, header))
    _refuse_without_day(stranger, headers[stranger], recipes)
    if fit[0]:
        words = gettext_noop(
            "%(file)s is no file of %(recipe)s, as the others are. Import it by itself."
        )
        raise Unknown(words, file=stranger.name, recipe=best.label)
    words = gettext_noop(
        "%(file)s: no format is known that has these columns. Name a recipe: "
        "--recipe FILE.toml (docs/import.md tells how to write one). "
        "Known by themselves: %(names)s."
    )
    names = ", ".join(recipe.label or recipe.name for recipe in recipes)
    raise Unknown(words, file=stranger.name, names=names)


def _refuse_without_day(path: Path, header: Sequence[str], recipes: Sequence[Recipe]) -> None:
    """A report of sums over a period says of no day how much. Raises Unusable."""
    names = {name.casefold() for name in header}
    for recipe in recipes:
        for rest, day in without_day(recipe).items():
            if {name.casefold() for name in rest} <= names:
                words = gettext_noop(
                    "%(file)s is a report of %(recipe)s without the day: its figures are sums of "
                    "a whole period. Add the column “%(day)s” there, export it again, and import "
                    "that."
                )
                raise Unusable(words, file=path.name, recipe=recipe.label, day=day)


def _fit(recipe: Recipe, headers: Sequence[Sequence[str]]) -> tuple[int, int, int]:
    """How many files it knows; how exactly, and by how many columns."""
    fits = [max(fit_of(part, header) for part in recipe.files) for header in headers]
    return sum(fit > (0, 0) for fit in fits), sum(one[0] for one in fits), sum(n for _, n in fits)


def parts_of(paths: Sequence[Path], recipe: Recipe) -> list[tuple[Path, FileRecipe | None]]:
    """What each file is."""
    known = headers_of(recipe)
    return [(path, part_for(recipe, open_sheet(path, headers=known).header)) for path in paths]
