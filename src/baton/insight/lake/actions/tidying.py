"""Throw away what nobody reads any more: after a while, since somebody may have it open."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from baton.insight.lake.models import LakeFile
from baton.insight.lake.queries.engine import lake_root

GRACE = timedelta(hours=1)  # far longer than any statement takes


def tidy(*, at: datetime) -> int:
    """Files that left the manifest, and what killed writers left behind; says how many went."""
    gone = list(LakeFile.objects.filter(gone_at__lt=at - GRACE))
    strays = list(_strays(before=(at - GRACE).timestamp()))
    for path in [*(lake_root() / file.path for file in gone), *strays]:
        path.unlink(missing_ok=True)
    LakeFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    return len(gone) + len(strays)


def _strays(*, before: float) -> Iterator[Path]:
    """Whole files too: their writer may have been killed before the manifest knew them."""
    root = lake_root()
    known = {root / path for path in LakeFile.objects.values_list("path", flat=True)}
    for path in root.rglob("*"):
        if path not in known and path.is_file() and path.stat().st_mtime < before:
            yield path
