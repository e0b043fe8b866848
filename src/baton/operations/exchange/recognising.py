"""Files known by their header: the first format that knows a file names the recipe."""

from collections.abc import Sequence
from pathlib import Path

from baton.core.errors import gettext_noop
from baton.core.offers import import_formats
from baton.operations.exchange.rules.reading import open_sheet
from baton.operations.exchange.rules.recipe import Recipe
from baton.operations.exchange.rules.recipe_file import read_recipe
from baton.operations.exchange.rules.refusals import Unusable


def recipe_for(paths: Sequence[Path]) -> Recipe:
    """The recipe of the format that recognises every file. Raises Unusable."""
    headers = {path: open_sheet(path).header for path in paths}
    for known in import_formats:
        if all(known.recognise(header) for header in headers.values()):
            return read_recipe(known.recipe)
    words = gettext_noop(
        "%(file)s: no format is known that has these columns. Name a recipe: "
        "--recipe FILE.toml (docs/import.md tells how to write one)."
    )
    if names := ", ".join(str(offer.label) for offer in import_formats):
        words = gettext_noop(
            "%(file)s: no format is known that has these columns. Name a recipe: "
            "--recipe FILE.toml (docs/import.md tells how to write one). "
            "Known by themselves: %(names)s."
        )
    raise Unusable(words, file=paths[0].name, names=names)
