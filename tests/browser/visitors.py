"""Somebody at a browser; whatever is not as it should be is written down."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState

from baton.core.ui.tests.chromium import WATCH, faults
from tests.browser.running import Running

DESK: Any = {"width": 1440, "height": 900}
PHONE: Any = {"width": 390, "height": 844}
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[?&]utm_.*")
ROLES = {"olga": "owner", "ines": "head of marketing"}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
REACH = 90  # stops of the Tab key
FOCUSED = """
() => {
  const one = document.activeElement;
  const label = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent;
  return (label ?? one.textContent ?? "").trim();
}
"""

LISTENS = """
() => customElements.get("b-keys")
  && Boolean(document.querySelector("[data-htmx-powered]"))
    === Boolean(document.querySelector("[hx-get], [hx-post]"))
"""


def opened(
    chromium: Browser, address: str, *, has_script: bool = True, state: StorageState | None = None
) -> BrowserContext:
    """A new browser, in which nobody has signed in."""
    browser = chromium.new_context(
        base_url=address,
        viewport=DESK,
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
        color_scheme="light",
        java_script_enabled=has_script,
        storage_state=state,
    )
    browser.add_init_script(WATCH)
    return browser


class Visitor:
    """``page`` is their only tab; ``faults`` is to stay empty."""

    def __init__(self, browser: BrowserContext, baton: Running, user: str = "") -> None:
        self.faults: list[str] = []
        self.browser, self._looked_at = browser, baton.looked_at
        self._role = ROLES.get(user, "rep") if user else "stranger"
        self.page: Page = browser.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(f"thrown: {error}"))

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.page.url}: {fault}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"console: {message.text}")

    def sign_in(self, user: str, password: str) -> None:
        """As the demo's cast does."""
        self._role = ROLES.get(user, "rep")
        self.page.goto("/sign-in/")
        self.page.get_by_label("Mail").fill(f"{user}@fennmark.example")
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda address: "/sign-in/" not in address)

    def press(self, *keys: str) -> None:
        """Once the scripts of this page listen: its words stand there before."""
        self.page.wait_for_function(LISTENS)
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, words: str, *, key: str = "Tab") -> None:
        """Go on with the Tab key until what is called so has the focus."""
        self.press()
        for _stop in range(REACH):
            self.page.keyboard.press(key)
            if self.page.evaluate(FOCUSED) == words:
                return
        raise AssertionError(f"{words} is out of reach of the keyboard")

    def look(self, state: str = "") -> None:
        """Is this screen accessible in light, dark and on a phone, and as wide as its window?

        Of several of a kind, in the same state and for the same role, the first is examined.
        """
        screen = (KEY.sub("key", self.page.url), state, self._role)
        if screen not in self._looked_at:
            self._looked_at.add(screen)
            self._examine()

    def _examine(self) -> None:
        """In the dark nothing but the colours differs."""
        self._seek("light")
        self.page.emulate_media(color_scheme="dark")
        self._seek("dark", of_colours=True)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(PHONE)
        self._seek("phone")
        self.page.set_viewport_size(DESK)

    def _seek(self, look: str, *, of_colours: bool = False) -> None:
        for fault in faults(self.page, of_colours=of_colours):
            self._note(f"{look}: {fault}")
        if over := self.page.evaluate(SIDEWAYS):
            self._note(f"{look}: {over} pixels too wide")
