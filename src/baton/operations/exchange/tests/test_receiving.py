from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from baton.operations.exchange.receiving import onto_disk


def test_no_file_stays_open_behind_them():
    sent = {name: SimpleUploadedFile(f"{name}.csv", b"Ada") for name in ("file", "recipe")}
    request = RequestFactory().post("/", sent)

    with onto_disk(request):
        files: list[Any] = [request.FILES["file"], request.FILES["recipe"]]
        assert [file.read() for file in files] == [b"Ada", b"Ada"]

    assert [file.closed for file in files] == [True, True]
