"""Where the files of an import lie."""

from pathlib import Path

from django.conf import settings

from baton.operations.exchange.models import Import


def folder_of(record: Import) -> Path:
    """All that came for it, and what was made of that."""
    return Path(settings.HOME) / "imports" / str(record.key)


def recipe_path(record: Import) -> Path:
    """The recipe that came with the files; without one they are known by their columns."""
    return folder_of(record) / "recipe.toml"


def sent_folder(record: Import) -> Path:
    """Apart from what is made of them: whoever sends files chooses their names."""
    return folder_of(record) / "sent"
