"""How a file leaves: as something to keep, with nothing that a browser may run."""

import logging
from collections.abc import Iterator
from pathlib import Path

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from baton.core.files.models import File
from baton.core.files.store import path_of

logger = logging.getLogger(__name__)
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
PIECE = 256 * 1024


class Missing(Exception):
    """Its row is here, its content is not."""


def sent(file: File) -> StreamingHttpResponse:
    """Raises Missing."""
    path = path_of(file.content)
    if not path.exists():
        logger.error("The content of file %s is missing", file.pk)
        raise Missing
    answer = StreamingHttpResponse(_pieces(path), content_type=file.kind)
    answer["Content-Disposition"] = _kept_as(file.name)
    answer["Content-Length"] = str(file.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _kept_as(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _pieces(path: Path) -> Iterator[bytes]:
    """Opened when somebody reads, whatever its length."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
