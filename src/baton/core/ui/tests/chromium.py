"""Debian's Chromium, what axe finds in it, and what the content policy refuses."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")  # the first takes half the work
AXE = Path(__file__).parents[5] / "node_modules/axe-core/axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Said to the console, from where it is read: a page that is left loses its own notes.
WATCH = """
document.addEventListener("securitypolicyviolation", (event) => {
  const { violatedDirective, blockedURI, sourceFile, lineNumber } = event;
  const where = `${blockedURI} ${sourceFile}:${lineNumber}`;
  console.error(`refused by policy: ${violatedDirective} ${where}`);
});
"""


def launched(playwright: Playwright) -> Browser:
    """The machine's own browser: none is downloaded."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)


def faults(page: Page, *, only: str = "") -> list[str]:
    """What axe finds wrong, with the place; ``only`` asks one of its rules."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    chosen = {"runOnly": {"type": "rule", "values": [only]}} if only else {}
    options = {"resultTypes": ["violations"], **chosen}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
