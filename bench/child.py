"""Measures one part in a process of its own: ``python -m bench.child imports [name ...]``."""

import sys
from importlib import import_module

import django

from bench.figures import tell


def main() -> None:
    """A part has ``prepare()`` and MEASURES; a name chooses a part or one measure."""
    part, *names = sys.argv[1:]
    django.setup()
    module = import_module(f"bench.{part}")
    is_all = not names or part in names
    chosen = [one for one in module.MEASURES if is_all or one.__name__ in names]
    if chosen:
        module.prepare()
    for measure in chosen:
        for figure in measure():
            tell(figure)


if __name__ == "__main__":
    main()
