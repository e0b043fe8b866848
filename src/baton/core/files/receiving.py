"""Uploads go straight into our own folder: written once, hashed on the way, never in memory."""

from contextlib import ExitStack
from typing import Any, cast

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from baton.core.files.rules import MOST_AT_ONCE
from baton.core.files.store import Received, Wrong


class Receiving(FileUploadHandler):
    """Nothing that goes wrong here ends the request: what came says itself what is wrong."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.count = 0
        self.file = ExitStack()  # Django closes it when a request breaks off

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.count += 1
        wrong = Wrong.TOO_MANY if self.count > MOST_AT_ONCE else None
        self.received = Received(name=str(self.file_name or ""), wrong=wrong)
        self.file.callback(self.received.close)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Kept here: no other handler gets it."""
        self.received.take(raw_data)

    def file_complete(self, file_size: int) -> Any:
        self.received.end()
        return self.received  # the request closes it in the end


def received_in(request: HttpRequest, *, field: str) -> list[Received]:
    """What was sent in that field; the rest of a form is read along."""
    return cast(list[Received], request.FILES.getlist(field))


def receive_here(request: HttpRequest) -> None:
    """Before anything of the body was read."""
    request.upload_handlers = [Receiving(request)]
