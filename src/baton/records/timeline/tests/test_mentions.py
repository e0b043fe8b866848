"""An @ in a note tells a colleague, or the author that they cannot see it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.access.sharing import open_by_hand
from baton.core.notices.models import Notice
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import add_note
from baton.records.timeline.rules.mentions import mentioned, namesakes
from baton.records.timeline.tests.factories import AT

NAMES = {1: "Mara Lind", 2: "Mara Olsen", 3: "Teo", 4: "Sam Ito"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@Teo look", [3]),
        ("Ask @sam, and @Mara Olsen.", [4, 2]),
        ("@Mara is two", []),
        ("@Teodora is another", []),
        ("mail to x@teo.example", []),
        ("@Teo @Teo", [3]),
        ("(@Sam Ito)", [4]),
        ("no @ at all", []),
    ],
)
def test_who_is_meant(text, meant):
    assert mentioned(text, names=NAMES) == meant


def told():
    notices = Notice.objects.filter(kind="note.mention").order_by("pk")
    return list(notices.values_list("user__name", "what"))


@pytest.mark.django_db
def test_mentioned_colleague_is_told_once(rep, colleague, run_background):
    person = a_person(full_name="Ann Lund", owner=rep)
    add_note(body="@Nora, @nora and @Teo: before May", person=person, by=rep, at=AT)
    run_background()

    assert told() == [("Nora", "Ann Lund, by Teo")]
    assert Notice.objects.get(kind="note.mention").url == person.get_absolute_url()


@pytest.mark.django_db
def test_who_cannot_see_the_record_is_not_told_but_the_author_is(
    signed_in, rep, outsider, run_background
):
    person = a_person(full_name="Ann Lund", owner=rep)
    url = reverse("timeline:write", args=["person", person.key])

    page = signed_in(rep).post(url, {"kind": "note", "body": "@Otto?"}, follow=True)
    run_background()

    text = page.content.decode()
    assert "Note saved. Otto cannot see this, so nobody was told." in text
    share = reverse("colleagues:share", args=["person", person.key])
    assert f"{share}?who=user%3A{outsider.key}" in text
    assert told() == []


def offered(client, record, kind, text):
    url = reverse("timeline:colleagues", args=[kind, record.key])
    return re.findall(r'data-name="([^"]+)"', client.get(url, {"q": text}).content.decode())


@pytest.mark.django_db
def test_an_at_offers_who_sees_the_record(signed_in, rep, colleague, outsider, admin):
    person = a_person(full_name="Ann Lund", owner=rep)
    client = signed_in(rep)

    assert offered(client, person, "person", "") == ["Nora", "Ada"]
    assert offered(client, person, "person", "n") == ["Nora"]
    assert offered(client, person, "person", "ot") == []

    open_by_hand(
        object_type="person", object_id=person.pk, user=outsider, may_edit=False, by=rep, at=AT
    )

    assert offered(client, person, "person", "ot") == ["Otto"]


@pytest.mark.django_db
def test_stranger_is_not_told_who_sees_a_record(signed_in, rep, outsider):
    person = a_person(full_name="Ann Lund", owner=rep)
    url = reverse("timeline:colleagues", args=["person", person.key])

    assert signed_in(outsider).get(url).status_code == 404


@pytest.mark.django_db
def test_an_at_asks_as_often_for_many_colleagues(signed_in, rep, outsider):
    person = a_person(full_name="Ann Lund", owner=rep)
    client = signed_in(rep)
    with CaptureQueriesContext(connection) as few:
        offered(client, person, "person", "")
    for number in range(12):
        name = f"Rep {number:02}"
        mail = f"rep{number}@fennmark.example"
        create_user(name=name, role=Role.REP, email=mail, password=name, team=rep.team)

    with CaptureQueriesContext(connection) as many:
        names = offered(client, person, "person", "rep")

    assert names == [f"Rep {number:02}" for number in range(6)]
    assert len(many) == len(few)


def test_namesakes_are_meant_by_no_at():
    assert namesakes({1: "Mara Lind", 2: "mara  lind", 3: "Teo"}) == {1, 2}
