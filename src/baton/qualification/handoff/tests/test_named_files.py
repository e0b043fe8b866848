"""Named accounts by file: what stands in one is seen first, then named, and taken back at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.actions import undo
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import NamedAccount
from baton.qualification.handoff.rules import BadFile, lines_of_file, read_lines
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_rep
from baton.records.people.tests.factories import a_company

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FILE = (
    "Company,Domain,Account owner\n"
    '"Halden, Ltd",,ravi@x.example\n'
    "Corvid,corvid.example,Plants\n"
    "\n"
    "Nobody Ltd,,Ravi\n"
    ",old.example,Eve\n"
    ",,Ravi\n"
)


@pytest.fixture
def boss():
    return create_user(name="Sam", role=Role.HEAD_OF_SALES, email="sam@x.example")


@pytest.fixture
def ravi():
    rep = a_rep("Ravi", email="ravi@x.example")
    a_default_pool(rep)
    plants = actions.create_pool(name="Plants", by=None, at=AT)
    actions.set_member(pool=plants, user=rep, by=None, at=AT)
    a_company(name="Halden, Ltd")
    return rep


def owners():
    return {str(row): str(row.rep or row.pool) for row in NamedAccount.objects.living()}


def a_file(text=FILE, name="accounts.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode("utf-8-sig"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name;Rep\nHalden;Ravi\n", [(2, "Halden", "Ravi")]),
        ("halden.example,Ravi\n\nHalden", [(1, "halden.example", "Ravi"), (3, "Halden", "")]),
        ("Owner,Website,Company\nRavi,,Halden\n", [(2, "Halden", "Ravi")]),
        ('domain\n"a.example"\n', [(2, "a.example", "")]),
        (
            'company,owner\n"Two\nlines",Ravi\nHalden,Ravi',
            [(2, "Two lines", "Ravi"), (4, "Halden", "Ravi")],
        ),
    ],
)
def test_columns_are_known_by_their_words_or_their_place(text, expected):
    found = read_lines(lines_of_file(text))

    assert [(one.number, one.what, one.owner) for one in found] == expected


def test_an_empty_file_is_refused():
    with pytest.raises(BadFile):
        lines_of_file("\n \n")


def test_a_file_is_looked_through_named_and_taken_back(boss, ravi, signed_in):
    actions.name_accounts(text="old.example\nelse.example", rep=ravi, by=None, at=AT)
    desk, page = signed_in(boss), reverse("handoff:named-file")

    seen = desk.post(page, {"uploaded": a_file(), "scope": "all"})

    told = seen.context["told"]
    assert (told.added, told.moved, told.removed, len(told.bad)) == (2, 0, 1, 3)
    assert [(one.line.number, one.why.split(" ")[0]) for one in told.bad] == [
        (5, "there"),
        (6, "no"),
        (7, "it"),
    ]
    assert [(one.account, one.was, one.becomes) for one in told.steps] == [
        ("Halden, Ltd", "", "Ravi"),
        ("corvid.example", "", "Plants"),
        ("else.example", "Ravi", ""),
    ]
    assert owners() == {"old.example": "Ravi", "else.example": "Ravi"}

    done = desk.post(page, {**seen.context["sent"], "sure": "1"}, follow=True)

    assert owners() == {"Halden, Ltd": "Ravi", "corvid.example": "Plants", "old.example": "Ravi"}
    assert (
        "2 named, 0 given to others, 0 as before. 1 named no more. 3 lines left out." in done.text
    )
    batch = NamedAccount.objects.get(domain="else.example")
    assert batch.deleted_at


def test_undo_gives_back_who_had_what(boss, ravi, signed_in):
    actions.name_accounts(text="old.example\nelse.example", rep=ravi, by=None, at=AT)
    done = actions.name_accounts(
        text="old.example,Plants\nnew.example,Ravi", is_all=True, by=boss, at=AT
    )
    assert owners() == {"old.example": "Plants", "new.example": "Ravi"}

    undo(batch=done.batch, by=boss, at=AT)

    assert owners() == {"old.example": "Ravi", "else.example": "Ravi"}


def test_without_all_the_others_stay(boss, ravi, signed_in):
    actions.name_accounts(text="else.example", rep=ravi, by=None, at=AT)
    desk, page = signed_in(boss), reverse("handoff:named-file")

    seen = desk.post(
        page, {"uploaded": a_file("a.example\n"), "scope": "some", "owner": f"rep {ravi.key}"}
    )
    desk.post(page, {**seen.context["sent"], "sure": "1"})

    assert owners() == {"else.example": "Ravi", "a.example": "Ravi"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file."),
        ({"uploaded": b"\x00\x01\x02PK"}, "it does not hold text"),
        ({"uploaded": b"\n\n"}, "The file is empty."),
        ({"uploaded": b"domain\n"}, "From one to 5000 lines at once."),
    ],
)
def test_what_cannot_be_read_is_told(boss, ravi, signed_in, sent, said):
    sent = {name: a_file(content) for name, content in sent.items() if content} or {}

    answer = signed_in(boss).post(reverse("handoff:named-file"), {"scope": "some", **sent})

    assert answer.status_code == 422
    assert said in answer.text


def test_a_rep_uploads_nothing(ravi, signed_in):
    assert signed_in(ravi).get(reverse("handoff:named-file")).status_code == 403


def test_the_api_tries_a_list_and_makes_it_the_whole(boss, ravi, api_client):
    actions.name_accounts(text="else.example", rep=ravi, by=None, at=AT)
    client, path = api_client(boss), "/api/v1/handoff/routing/named/"
    sent = {
        "accounts": [
            {"account": "a.example", "owner": "Ravi"},
            {"account": "Nobody Ltd", "owner": "Ravi"},
        ],
        "is_all": True,
    }

    tried = client.post(path, {**sent, "is_preview": True}, content_type="application/json").json()
    before = owners()
    done = client.post(path, sent, content_type="application/json").json()

    assert (tried["added"], tried["removed"], tried["bad"][0]["line"]) == (1, 1, 2)
    assert tried == done
    assert before == {"else.example": "Ravi"}
    assert owners() == {"a.example": "Ravi"}


def test_what_is_named_is_what_was_looked_through(boss, ravi, signed_in):
    """A first line without an account stays one, though a company is called as its owner is."""
    a_company(name="Plants")
    desk, page = signed_in(boss), reverse("handoff:named-file")
    typed = {"scope": "some", "owner": f"rep {ravi.key}"}
    file = a_file("company,owner\n,Plants\nhalden.example,Ravi\n")

    seen = desk.post(page, {"uploaded": file, **typed})
    desk.post(page, {"sure": "1", **seen.context["sent"]})

    assert [one.line.number for one in seen.context["told"].bad] == [2]
    assert owners() == {"halden.example": "Ravi"}
