"""Files that the manifest names and that are not what it says."""

from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from baton.insight.lake.models import LakeFile


def broken_files(
    files: Iterable[LakeFile], *, is_thorough: bool = False
) -> list[tuple[LakeFile, str]]:
    """Each with what is wrong, as a predicate. Thorough is to read what they hold."""
    looked = ((file, _wrong(file, is_thorough=is_thorough)) for file in files)
    return [(file, wrong) for file, wrong in looked if wrong]


def _wrong(file: LakeFile, *, is_thorough: bool) -> str:
    path = Path(settings.LAKE_ROOT) / file.path
    try:
        if path.stat().st_size != file.size:
            return "has another size"
        if is_thorough and _checksum(path) != file.checksum:
            return "has another content"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return ""


def _checksum(path: Path) -> str:
    with path.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()
