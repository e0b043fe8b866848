"""Uploads go to the disk, never into memory, and no file stays open behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest


class _Handler(TemporaryFileUploadHandler):
    """Remembers all that it began: of a body that ends within a file Django forgets that one, and
    the others stay open until a server closes the answer."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.begun: list[Any] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.begun.append(self.file)


@contextmanager
def onto_disk(request: HttpRequest) -> Iterator[None]:
    """Before anything of the body was read."""
    handler = _Handler(request)
    request.upload_handlers = [handler]
    try:
        yield
    finally:
        for file in handler.begun:
            file.close()
