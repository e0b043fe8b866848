"""Which pages show prices. No database, no clock."""

from collections.abc import Iterable

LONGEST = 200
MOST = 20


def read_path(text: str) -> str:
    """ "https://fennmark.example/Pricing/?a=1" and "pricing" are "/pricing"; "" is no path."""
    whole = text.strip()
    scheme, mark, rest = whole.partition("://")
    if mark and scheme.isalnum():  # not parsed as an address: visitors send paths of all kinds
        whole = f"/{rest.partition('/')[2]}"
    path = whole.partition("?")[0].partition("#")[0]
    parts = [part for part in path.casefold().split("/") if part]
    return "/" + "/".join(parts) if parts else ""


def read_paths(text: str) -> list[str]:
    """Each once; commas and lines part them."""
    found = map(read_path, text.replace("\n", ",").split(","))
    return list(dict.fromkeys(path for path in found if path))


def shows_prices(paths: Iterable[str], *, pages: Iterable[str]) -> bool:
    """Whether one of these paths is such a page, or lies below one."""
    wanted = set(pages)
    return any(
        path == page or path.startswith(f"{page}/")
        for path in map(read_path, paths)
        for page in wanted
    )
