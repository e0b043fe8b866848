"""The docs say what the code does: links, paths, commands, variables, fields, routes."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import BaseCommand, get_commands, load_command_class

from baton.core import modules
from baton.core.offers import import_targets
from baton.insight.analytics.queries import GROUPS, PIPELINE_GROUPS
from baton.operations.exchange.rules.recipe import ObjectRecipe, Recipe, Spec
from tests.routes import MARK, as_markdown

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "baton"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(r"`([\w./-]+/[\w./-]*)`")
FOLDERS = {"src", "tests", "docs", "scripts", "examples", "bench", "requirements"}
ASKS = re.compile(r"\benviron\.|\benvironment\.|^(?:text|words|getenv)$")
NAME = re.compile("""["'][A-Z_]+["']""")
STRATA = {"core", "config", *modules.STRATA}


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def name_of(path):
    return str(path.relative_to(ROOT))


def anchors(page):
    """Of its headings, as the link after # is written."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    broken = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        place, _mark, anchor = link.partition("#")
        target = page if not place else (page.parent / place).resolve()
        if "://" in link or (target.parent.name == "pictures" and not target.parent.exists()):
            continue  # elsewhere, or made by scripts/screenshots
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_that_are_named_exist(page):
    gone = []
    for path in NAMED.findall(page.read_text(encoding="utf-8")):
        first = path.partition("/")[0]
        if first in FOLDERS and not (ROOT / path).exists():
            gone.append(path)
        if first in STRATA and not (SOURCE / path).exists():
            gone.append(path)

    assert gone == []


def test_every_command_stands_in_the_readme():
    ours = {name for name, app in get_commands().items() if str(app).startswith("baton.")}

    assert {name for name in ours if f"`baton {name}" not in read("README.md")} == set()


def test_every_option_of_a_command_stands_in_the_readme():
    lines = [line for line in read("README.md").splitlines() if line.startswith("| `baton ")]
    lacking = [
        (name, option)
        for name, app in get_commands().items()
        if str(app).startswith("baton.") and name != "migrate"  # those are Django's
        for option in own_options(load_command_class(app, name))
        if not any(line.startswith(f"| `baton {name} ") and option in line for line in lines)
    ]

    assert lacking == []


def own_options(command):
    def options(one):
        actions = one.create_parser("baton", "")._actions
        return {text for action in actions for text in action.option_strings}

    return sorted(text for text in options(command) - options(BaseCommand()) if text[:2] == "--")


def variables_read():
    """Names that our code asks the environment for."""
    ours = (path.read_text() for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
    nodes = (node for text in ours if NAME.search(text) for node in ast.walk(ast.parse(text)))
    return {
        node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if NAME.fullmatch(repr(node.args[0].value)) and ASKS.search(ast.unparse(node.func))
    }


def test_every_variable_stands_in_operations_and_none_else():
    rows = re.findall(r"^\| `([A-Z_]+)`", read("docs/operations.md"), re.MULTILINE)

    assert set(rows) == variables_read()


def test_every_field_of_an_import_is_told():
    page = read("docs/import.md")
    rows = {
        target.object_type: next(
            line for line in page.splitlines() if line.startswith(f"| `{target.object_type}` |")
        )
        for target in import_targets
    }

    assert [
        f"{target.object_type}.{field.name}"
        for target in import_targets
        for field in target.fields
        if f"`{field.name}`" not in rows[target.object_type]
    ] == []


def test_every_key_of_a_recipe_is_told():
    page = read("docs/import.md")
    keys = {
        *(Spec.__dataclass_fields__.keys() - {"joined", "gathered", "nth", "paired"}),
        *(ObjectRecipe.__dataclass_fields__.keys() - {"stages", "told"}),
        *(Recipe.__dataclass_fields__.keys() - {"aliases", "files"}),
    }

    assert {key for key in keys if f"`{key}`" not in page and f".{key}]" not in page} == set()


def test_every_group_of_a_report_is_told():
    told = read("docs/reports.md") + read("README.md")

    assert {group for group in (*GROUPS, *PIPELINE_GROUPS) if f"`{group}`" not in told} == set()


def test_every_route_is_told():
    """After a change of routes: scripts/routes."""
    assert read("docs/api.md").partition(MARK)[2] == as_markdown()


SKIPPED = {".git", ".venv", "node_modules", "var", "dist", "__pycache__"}
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js", "yarn" + "pkg")
MACHINES = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w+/")


def texts():
    tops = [top for top in ROOT.iterdir() if top.name not in SKIPPED and top.name[0] != "."]
    for path in (path for top in tops for path in [top, *top.rglob("*")] if path.is_file()):
        try:
            if not SKIPPED & {*path.parts}:
                yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_registry_and_no_machine_is_named():
    named = [
        f"{name_of(path)}: {found}"
        for path, text in texts()
        for found in [
            *(host for host in REGISTRIES if host in text),
            *MACHINES.findall(text),
        ]
    ]

    assert named == []
