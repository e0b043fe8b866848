"""An @ in a note tells a colleague, or the author that they cannot see it."""

import pytest
from django.urls import reverse

from baton.core.notices.models import Notice
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import add_note
from baton.records.timeline.rules.mentions import mentioned
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

    assert told() == [("Nora", "Ann Lund")]
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
