"""Find the modules by where they lie: baton/<stratum>/<module>/apps.py."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

STRATA = ("records", "marketing", "qualification", "sales", "insight", "operations")
ROOT = Path(__file__).parents[1]


def installed() -> list[str]:
    """Dotted names, lowest stratum first."""
    return [name for stratum in STRATA for name in _in_folder(stratum)]


def core_apps() -> list[str]:
    """The folders of core that are apps of their own: access, changes, fields ..."""
    return _in_folder("core")


def _in_folder(folder: str) -> list[str]:
    return [
        f"baton.{folder}.{app.parent.name}" for app in sorted((ROOT / folder).glob("*/apps.py"))
    ]


def has(module: str, file: str) -> bool:
    return find_spec(f"{module}.{file}") is not None


def exported(file: str, name: str) -> Iterator[tuple[str, object]]:
    """Yield (module, object) for each module whose ``file`` defines ``name``."""
    for module in (*core_apps(), *installed()):
        if has(module, file) and hasattr(found := import_module(f"{module}.{file}"), name):
            yield module.rpartition(".")[2], getattr(found, name)


def mounted_at(module: str) -> str:
    """Where a module's screens live: ``mounted_at`` in its urls, else its own name."""
    place = getattr(import_module(f"{module}.urls"), "mounted_at", None)
    return f"{module.rpartition('.')[2]}/" if place is None else str(place)
