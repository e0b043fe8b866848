"""Where somebody stands on the web: one way of writing each place, however it was pasted."""

import re
from urllib.parse import urlsplit

from baton.core.errors import RuleViolation, gettext_noop
from baton.records.people.rules.domains import read_domain

LONGEST = 250
HANDLE = re.compile(r"[a-z0-9_]{1,15}")
SLUG = re.compile(r"[^\s/?#<>\"]{1,150}")
PLACES = {"person": ("in", "pub"), "company": ("company", "school", "showcase")}


class UnreadableLink(RuleViolation, ValueError):
    """Not a place of that kind; the message says how one is written, ``field`` which one it is."""

    field = ""


def read_linkedin(text: str, *, kind: str) -> str:
    """ "linkedin.com/in/Ann-Berg?trk=x" is "https://www.linkedin.com/in/ann-berg"."""
    words = gettext_noop("“%(text)s” is no page on LinkedIn. Write it like %(like)s.")
    path = _path(text, hosts=("linkedin.com",)).lower()
    first, _slash, rest = path.partition("/")
    place, slug = (first, rest.partition("/")[0]) if rest else (PLACES[kind][0], first)
    if not path:
        return ""
    if place not in PLACES[kind] or not SLUG.fullmatch(slug) or "." in slug:
        like = f"linkedin.com/{PLACES[kind][0]}/…"
        raise UnreadableLink(words, text=text.strip()[:60], like=like)
    return f"https://www.linkedin.com/{place}/{slug}"


def read_x(text: str) -> str:
    """ "@Ann" and "twitter.com/ann/status/1" are "https://x.com/ann"."""
    handle = _path(text, hosts=("x.com", "twitter.com")).lower().partition("/")[0].lstrip("@")
    if not text.strip():
        return ""
    if not HANDLE.fullmatch(handle):
        words = gettext_noop("“%(text)s” is no name on X. Write it like @halden.")
        raise UnreadableLink(words, text=text.strip()[:60])
    return f"https://x.com/{handle}"


def read_website(text: str) -> str:
    """With its scheme, host in lower case, without what stands behind #."""
    written = text.strip()
    if not written:
        return ""
    scheme = written.partition("://")[0].lower() if "://" in written else "https"
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        host, is_plain = parts.netloc.lower(), parts.username is None
    except ValueError:
        host, is_plain, parts = "", False, urlsplit("")
    is_one = scheme in {"http", "https"} and is_plain and read_domain(host) and " " not in written
    if not is_one or len(written) > LONGEST - 8:
        words = gettext_noop("“%(text)s” is no address of a page. Write it like halden.example.")
        raise UnreadableLink(words, text=written[:60])
    query = f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{host}{parts.path.rstrip('/')}{query}"


def _path(text: str, *, hosts: tuple[str, ...]) -> str:
    """Behind the host, when it is one of these; what has no host is a path already."""
    written = text.strip().partition("?")[0].partition("#")[0].strip("/")
    bare = written.partition("://")[2] or written
    host, _slash, path = bare.partition("/")
    known = host.lower()
    if any(known == one or known.endswith(f".{one}") for one in hosts):
        return path.strip("/")
    return bare if "://" not in written else f"{host}/{path}"
