from collections.abc import Collection

from baton.core.prepared import Prepared
from baton.marketing.capture.models import Hit

MOST_TITLES = 20


def titles_seen(visit_ids: Collection[int]) -> dict[int, list[str]]:
    """By visit the titles of its pages, in the order in which they were first seen."""
    rows = Hit.objects.filter(visit__in=visit_ids).order_by("visit", "at", "pk")
    titles: dict[int, list[str]] = {}
    for visit_id, title, path in rows.values_list("visit_id", "title", "path"):
        seen = titles.setdefault(visit_id, [])
        if (title or path) not in seen and len(seen) < MOST_TITLES:
            seen.append(title or path)
    return titles


def paths_seen(visit_ids: Collection[int]) -> dict[int, list[str]]:
    """By visit the paths of its pages, each once."""
    paths: dict[int, list[str]] = {pk: [] for pk in visit_ids}
    rows = Hit.objects.filter(visit__in=visit_ids).order_by("visit", "path").distinct()
    for visit_id, path in rows.values_list("visit_id", "path"):
        paths[visit_id].append(path)
    return paths


def paths_read(person_id: int, paths: Collection[str]) -> set[str]:
    """Those of these paths that the person saw; with or without the slash at their end."""
    wanted = sorted({each for path in paths for each in (path, f"{path}/")})
    return {path.rstrip("/") for path in _READ.rows(person=person_id, paths=wanted)}


_READ: Prepared[str] = Prepared(
    lambda person, paths: (
        Hit.objects.filter(visit__person=person, path__in=paths)
        .order_by()
        .values_list("path", flat=True)
        .distinct()
    )
)
