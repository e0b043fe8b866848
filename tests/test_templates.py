"""The templates' own linter: strict policy for content, strict components, small files."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django_cotton.compiler_regex import CottonCompiler, Tag

from baton.core import modules
from baton.core.ui.components import DRAWN
from baton.core.ui.slots import navigation

ROOT = modules.ROOT
UI = ROOT / "core/ui"
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*.html"))
COMPONENTS = {
    path.relative_to(folder).with_suffix("").as_posix().replace("/", ".").replace("_", "-"): path
    for folder in ROOT.rglob("templates/cotton")
    for path in folder.rglob("*.html")
}
KNOWN = {*COMPONENTS, *DRAWN}
MOST_LINES = 130
# What goes through {{ attrs }} of a component that has it. Bound values would not be escaped there.
PASSES = re.compile(
    r"(hx-[\w:-]+|data-[\w-]+|aria-[\w-]+|id|rel|target|download|autofocus|required)$"
)
BOUND = re.compile(r"[A-Za-z_][\w.]*|-?\d+(\.\d+)?|'[^']*'|\[.*\]|\{.*\}|")
OURS = {"slot", "vars", "component"}
HUES = {"gray", "blue", "teal", "green", "amber", "red", "pink", "violet"}
ICONS = {
    line.split()[0]
    for line in (UI / "assets/icons.txt").read_text().splitlines()
    if line.strip() and not line.startswith("#")
}
FORBIDDEN = {
    "inline style": re.compile(r"<style\b|\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>|javascript:"),
    "handler attribute": re.compile(r"\s(?:hx-on[:\w-]*|on[a-z]+)\s*="),
    "script in an htmx attribute": re.compile(r"""hx-trigger="[^"]*\[|hx-[a-z]+=["']js:"""),
    "Today inside a sentence": re.compile(r"{%\s*blocktrans(?:late)?\b[^%]*\|when\b"),
    "unescaped output": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off"),
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def bare(path: Path) -> str:
    """Without template tags, which may hold quotes and angle brackets of their own."""
    return CottonCompiler().exclude_ignorables(path.read_text())[0]


@cache
def tags(path: Path) -> list[Tag]:
    found = (Tag(match) for match in Tag.tag_pattern.finditer(bare(path)))
    return [tag for tag in found if not tag.is_closing]


def attributes(tag: Tag) -> dict[str, tuple[str, bool]]:
    """Name to (value, is quoted)."""
    return {
        match[1]: (match[3] if match[3] is not None else match[4] or "", match[2] is not None)
        for match in Tag.attr_pattern.finditer(tag.attrs)
    }


def declared(component: str) -> set[str]:
    if component in DRAWN:
        return DRAWN[component].attributes
    found = CottonCompiler().c_vars_pattern.search(bare(COMPONENTS[component]))
    return {match[1] for match in Tag.attr_pattern.finditer(found[1])} if found else set()


def passes_on(component: str) -> bool:
    """Whether it hands on what it does not know."""
    if component in DRAWN:
        return DRAWN[component].passes
    return "{{ attrs }}" in COMPONENTS[component].read_text()


def breaches(path: Path) -> list[str]:
    text = re.sub(r"{#.*?#}", "", path.read_text())
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def strangers(path: Path) -> list[str]:
    """Components that do not exist, and attributes that theirs does not know."""
    found = []
    for tag in tags(path):
        component = tag.tag_name.removeprefix("c-")
        if component not in KNOWN:
            found += [] if component in OURS else [f"<c-{component}>"]
            continue
        known, passes = declared(component), passes_on(component)
        for name, (value, is_quoted) in attributes(tag).items():
            is_passed = passes and PASSES.match(name) and (is_quoted or value == "")
            if name.removeprefix(":") not in known and not is_passed:
                found.append(f"<c-{component} {name}>")
    return found


def unreadable(path: Path) -> list[str]:
    """``:name="…"`` takes a variable or a literal; anything else is silently left out by cotton.

    Write ``current="{% if a == b %}yes{% endif %}"`` for a comparison.
    """
    return [
        f"<{tag.tag_name} {name}={value}>"
        for tag in tags(path)
        for name, (value, _quoted) in attributes(tag).items()
        if name.startswith(":") and not BOUND.fullmatch(value) and "__COTTON" not in value
    ]


def undeclared(path: Path) -> list[str]:
    """An undeclared slot would leak the page's variable of that name into the component."""
    opened: list[str] = []
    found: list[str] = []
    for match in Tag.tag_pattern.finditer(bare(path)):
        tag = Tag(match)
        name = tag.tag_name.removeprefix("c-")
        if name == "slot" and not tag.is_closing:
            slot = attributes(tag)["name"][0]
            if opened and slot not in declared(opened[-1]):
                found.append(f"{opened[-1]}: {slot}")
        elif name not in OURS and tag.is_closing:
            opened.pop()
        elif name not in OURS and not tag.is_self_closing:
            opened.append(name)
    return found


def unknown_looks(path: Path) -> list[str]:
    """Icons and hues that there are not."""
    unknown = []
    for tag in tags(path):
        given = attributes(tag)
        icon = given.get("name" if tag.tag_name == "c-icon" else "icon", ("", True))[0]
        hue = given.get("hue", ("", True))[0]
        unknown += [icon] if icon and "__COTTON" not in icon and icon not in ICONS else []
        unknown += [hue] if hue and "__COTTON" not in hue and hue not in HUES else []
    return unknown


def missing(path: Path) -> list[str]:
    """Templates that it names and that there are not; it has to compile itself."""
    folder = next(parent for parent in path.parents if parent.name == "templates")
    named = re.findall(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""", path.read_text())

    get_template(path.relative_to(folder).as_posix())
    return [name for name in named if not exists(name)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_keeps_the_house_rules(path):
    assert breaches(path) == []
    assert len(path.read_text().splitlines()) <= MOST_LINES
    assert strangers(path) == []
    assert unreadable(path) == []
    assert undeclared(path) == []
    assert unknown_looks(path) == []
    assert missing(path) == []


def test_components_in_the_guide_for_builders_exist():
    """docs/ui.md is what others copy from."""
    assert strangers(ROOT.parents[1] / "docs/ui.md") == []


def exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def test_icons_of_the_sidebar_exist():
    assert {item.icon for item in navigation} - ICONS == set()


def test_lint_sees_what_it_should(tmp_path):
    """The linter itself: a template with one fault of each kind."""
    page = tmp_path / "page.html"
    page.write_text(
        '<p style="x" onclick="y" hx-on:click="z">{{ a|safe }}</p><script>1</script>'
        "{% blocktranslate with at=at|when %}as of {{ at }}{% endblocktranslate %}"
        '<c-button colour="red" :data-x="a">A</c-button><c-nothing /><c-tab :current="a == b" />'
    )

    assert breaches(page) == [
        "inline style",
        "inline script",
        "handler attribute",
        "Today inside a sentence",
        "unescaped output",
    ]
    assert strangers(page) == ["<c-button colour>", "<c-button :data-x>", "<c-nothing>"]
    assert unreadable(page) == ["<c-tab :current=a == b>"]
