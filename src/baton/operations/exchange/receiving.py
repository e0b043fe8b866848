"""Uploads go to the disk, never into memory, and no file stays open behind them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest


@contextmanager
def onto_disk(request: HttpRequest) -> Iterator[None]:
    """Before anything of the body was read."""
    handler = TemporaryFileUploadHandler(request)
    request.upload_handlers = [handler]
    try:
        yield
    finally:
        # Of a body that ends within a file Django forgets that one, and leaves it open.
        if begun := getattr(handler, "file", None):
            begun.close()
