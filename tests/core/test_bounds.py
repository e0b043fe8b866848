"""What is refused at the door, before anybody is asked who they are."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse

from baton.config.middleware import Bounds
from baton.config.requests import Request
from baton.core.strangers import NUL

PLACES = ("/sign-in/", "/api/v1/people/")
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=q"
PART = '--q\r\n%sContent-Disposition: form-data; name="email"\r\n\r\n%s\r\n--q--\r\n'


@pytest.mark.parametrize("path", PLACES)
def test_body_over_a_megabyte_is_413_unread(client, path):
    answer = client.generic("POST", path, b"", CONTENT_LENGTH="1000001")

    assert answer.status_code == 413
    assert "one megabyte" in answer.content.decode()


@pytest.mark.parametrize("path", PLACES)
def test_body_without_a_length_is_411(rf, path):
    request = rf.generic("POST", path, b"", HTTP_TRANSFER_ENCODING="chunked")
    request.META.pop("CONTENT_LENGTH", None)

    assert Bounds(lambda request: HttpResponse())(request).status_code == 411


@pytest.mark.parametrize("length", ["", "0", "1000000", "-1", "x"])
def test_small_bodies_and_strange_lengths_come_in(rf, length):
    request = rf.generic("POST", "/", b"", CONTENT_LENGTH=length)

    assert Bounds(lambda request: HttpResponse())(request).status_code == 200


@pytest.mark.parametrize("path", ["/people/?persona=%00", "/people/%00/", "/p/a/?utm_source=%00"])
def test_nul_in_an_address_is_400(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("email=a%00b", FORM),
        (b"email=a\0b", FORM),
        ("e%00mail=ab", FORM),
        (PART % ("", "a\0b"), PARTS),
        (PART % ("Content-Transfer-Encoding: base64\r\n", "YQBi"), PARTS),
    ],
)
def test_nul_in_a_form_is_400(client, company, body, kind):
    answer = client.post("/sign-in/", body, content_type=kind)

    assert (answer.status_code, answer.content.decode()) == (400, str(NUL))
    assert str(NUL) in client.post("/p/a/send/", body, content_type=kind).content.decode()
    assert client.post("/sign-in/", "email=a%2500", content_type=FORM).status_code == 422


def test_nul_beside_a_file_is_refused_by_its_form(admin, company, signed_in):
    answer = signed_in(admin).post("/imports/new/", {"zone": "a\0b"})

    assert answer.status_code == 422


@pytest.mark.parametrize("charset", ["hex", "undefined", "raw_unicode_escape", "utf-16"])
def test_text_is_utf_8_whatever_charset_a_stranger_names(rf, charset):
    """With "hex" each page of a stranger was an error page."""
    body = PART % ("", "\\ud800 é")
    asked = rf.generic("POST", "/p/a/", body, PARTS, query_params={"b": "é"}).environ
    request = Request(asked | {"CONTENT_TYPE": f"{PARTS}; charset={charset}"})

    assert request.GET["b"] == "é"
    assert request.POST["email"] == "\\ud800 é"


@pytest.mark.parametrize("path", ["/theme/", "/sidebar/", "/sign-in/"])
def test_address_to_go_back_to_is_never_the_name_of_a_view(admin, company, signed_in, path):
    answer = signed_in(admin).post(path, {"next": "nowhere", "theme": "dark"})

    assert (answer.status_code, answer["location"]) == (302, "/")


def test_refusal_of_the_api_is_a_problem(client):
    answer = client.get("/api/v1/handoff/?state=%00")

    assert answer["content-type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == 400


def test_file_is_read_past(rf, settings):
    request = rf.post("/", {"a": "1", "file": SimpleUploadedFile("a.bin", b"x" * 10_000)})

    assert request.POST["a"] == "1"
    assert not request.FILES


@pytest.mark.parametrize(
    "body",
    [
        r'{"full_name": "a\u0000b"}',
        r'{"full_name": "half \ud83d"}',
        r'{"full_name": "Ann", "external_ids": {"c\u0000": "7"}}',
    ],
)
def test_text_that_no_database_holds_is_422(api_client, admin, body):
    answer = api_client(admin).post("/api/v1/people/", body, content_type="application/json")

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [(r'{"\u0000', 400), (b"\xff\\u0000", 400), ("[" * 980 + r'"\u0000"' + "]" * 980, 422)],
)
def test_body_that_nobody_asked_for_breaks_nothing(api_client, admin, body, status):
    path = f"/api/v1/deals/{admin.key}/reopen/"

    answer = api_client(admin).post(path, body, content_type="application/json")

    assert answer.status_code == status


def test_escaped_text_that_is_whole_comes_in(api_client, admin):
    body = r'{"full_name": "Ann \ud83d\ude00 \\u0000"}'

    answer = api_client(admin).post("/api/v1/people/", body, content_type="application/json")

    assert answer.status_code == 201
    assert answer.json()["full_name"] == "Ann \U0001f600 \\u0000"


@pytest.mark.parametrize(
    ("error", "status"),
    [(KeyError("x"), 500), (OperationalError("lock timeout"), 503), (OperationalError("x"), 500)],
)
def test_what_breaks_in_the_api_is_a_problem(api_client, admin, monkeypatch, error, status):
    def breaks(*args, **kwargs):
        raise error

    monkeypatch.setattr("baton.records.people.api.people.page_of", breaks)

    answer = api_client(admin).get("/api/v1/people/")

    assert answer.status_code == status
    assert answer["content-type"] == "application/problem+json"


def test_nul_in_a_cookie_is_nobodys(client, company):
    kept = r'baton_session="a\000b"; baton_visitor="\000"; baton_csrf="\000"; baton_x="\000"'

    assert client.get("/", headers={"cookie": kept}).status_code == 302
    assert client.get("/p/a/", headers={"cookie": kept}).status_code == 404
