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
# Where a fault stands its HTML says; and of what axe would fetch again before, one rule asks for
# sound and film alone, and no stylesheet.
OPTIONS = {"resultTypes": ["violations"], "selectors": False, "preload": {"assets": ["media"]}}
ASK = """
async (options) => {
  if (!window.axe) return null;
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}
"""
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
    chosen = {"runOnly": {"type": "rule", "values": [only]}} if only else {}
    found: list[str] | None = page.evaluate(ASK, OPTIONS | chosen)
    if found is None:
        page.evaluate(AXE.read_text())
        found = page.evaluate(ASK, OPTIONS | chosen)
    assert found is not None
    return found
