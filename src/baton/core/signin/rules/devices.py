"""What a browser calls itself, in plain words."""

import re

# The first that fits: each browser also claims to be those it descends from.
BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\b(OPR|Opera)/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bVersion/.*\bSafari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Chrome OS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMac OS X\b|\bMacintosh\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)


def browser_of(agent: str) -> str:
    """Firefox; "" for what is no browser that we know."""
    return _first(BROWSERS, agent)


def system_of(agent: str) -> str:
    """Windows, iPhone; "" when it is not said."""
    return _first(SYSTEMS, agent)


def program_of(agent: str) -> str:
    """What no browser we know calls itself: the word before its version."""
    found = re.match(r"[\w.+-]{1,40}", agent)
    return found[0] if found else ""


def _first(kinds: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, marks in kinds if re.search(marks, agent)), "")
