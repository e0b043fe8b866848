from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Baton takes no files over the web: what comes as one is read past, never kept."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Of no file: each was skipped."""

    def file_complete(self, file_size: int) -> None:
        """Of no file either."""
