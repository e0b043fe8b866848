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
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ASK = """
async ([options, isOfKinds]) => {
  if (!window.axe) return null;
  const { violations } = await axe.run(isOfKinds ? { include: kinds() } : document, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));

  // One of those whose letters are drawn alike, upon the same.
  function kinds() {
    const found = new Map();
    const beneath = new Map([[null, ""]]);
    const isSaid = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
    for (const one of document.querySelectorAll("*")) {
      const style = getComputedStyle(one);
      const { backgroundColor, backgroundImage, opacity, filter, position } = style;
      const own = [backgroundColor, backgroundImage, opacity, filter, position].join();
      const below = beneath.get(one.parentElement);
      beneath.set(one, own === "rgba(0, 0, 0, 0),none,1,none,static" ? below : below + own);
      const speaks = one.matches("input, select, textarea") || [...one.childNodes].some(isSaid);
      if (!speaks || !one.checkVisibility()) continue;
      const kind = [beneath.get(one), style.color, style.fontSize, style.fontWeight].join();
      if (!found.has(kind)) found.set(kind, one);
    }
    return [...found.values()];
  }
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


def faults(page: Page, *, of_colours: bool = False) -> list[str]:
    """What axe finds wrong, with the place.

    Where nothing but colours has changed, each kind of text is asked for its contrast, once.
    """
    asked = [OPTIONS | (COLOURS if of_colours else {}), of_colours]
    found: list[str] | None = page.evaluate(ASK, asked)
    if found is None:
        page.evaluate(AXE.read_text())
        found = page.evaluate(ASK, asked)
    assert found is not None
    return found
