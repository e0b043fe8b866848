"""What the build stands on: locked packages, and one place that knows htmx."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[5]
PACKAGE = ROOT / "src/baton"


def test_lock_file_names_no_registry():
    assert "http" not in (ROOT / "package-lock.json").read_text()


def test_packages_are_pinned_to_one_version():
    asked = json.loads((ROOT / "package.json").read_text())

    versions = [*asked["dependencies"].values(), *asked["devDependencies"].values()]

    assert [version for version in versions if not re.fullmatch(r"[\d.]+", version)] == []


def test_only_the_look_knows_the_events_of_htmx():
    sources = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py"), *PACKAGE.rglob("assets/**/*.js")]
    outside = [path for path in sources if not path.is_relative_to(PACKAGE / "core/ui")]

    assert [path for path in outside if re.search(r"htmx:\w+", path.read_text())] == []
