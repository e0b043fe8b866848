"""What is pinned on a timeline, by whom, and for whom."""

import pytest
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.models import Change
from baton.records.people.actions import merge_people
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.queries import timeline_shown
from baton.records.timeline.queries.pinned import pinned_at
from baton.records.timeline.queries.subjects import subject_of_company, subject_of_person
from baton.records.timeline.tests.factories import AT, a_note, an_activity

pytestmark = pytest.mark.django_db


def pin(client, entry, **sent):
    name = "note" if entry._meta.model_name == "note" else "activity"
    return client.post(reverse(f"timeline:pin-{name}", args=[entry.key]), sent, follow=True)


def quotes(person, user):
    return [one.quote for one in pinned_at(subject_of_person(person), user=user)]


def test_pinned_note_and_call_stand_on_top_for_everybody_who_sees_them(rep, admin, signed_in):
    person = a_person(owner=rep)
    note, call = a_note(by=rep, person=person), an_activity(by=rep, person=person, body="Said yes")
    a_note(by=rep, person=person, body="Unimportant")
    client = signed_in(rep)

    pin(client, note)
    page = pin(client, call).content.decode()

    pinned = page[page.index('id="pinned-head"') : page.index('<div id="timeline">')]
    assert quotes(person, admin) == ["Said yes", "Wants a call in April"]
    assert "Said yes" in pinned
    assert "Unimportant" not in pinned
    assert "2 March 2026" in pinned


def test_pinned_is_unpinned_and_taken_back(rep, signed_in):
    person = a_person(owner=rep)
    note, client = a_note(by=rep, person=person), signed_in(rep)
    pin(client, note)
    first = Change.objects.filter(object_type="note", verb="edited").get()

    pin(client, note, off="")
    unpinned = quotes(person, rep)
    latest = Change.objects.filter(object_type="note", verb="edited").latest("pk")
    client.post(reverse("timeline:undo", args=[latest.batch]))
    back = quotes(person, rep)
    client.post(reverse("timeline:undo", args=[first.batch]))

    assert (unpinned, back) == ([], ["Wants a call in April"])
    note.refresh_from_db()
    assert note.body == "Wants a call in April"


def test_who_may_not_edit_it_pins_nothing(rep, outsider, signed_in):
    person = a_person(owner=rep)
    note = a_note(by=rep, person=person)
    a_viewer = create_user(name="Vera", role=Role.VIEWER, email="vera@x.example")

    answers = [pin(signed_in(one), note).status_code for one in (outsider, a_viewer)]

    assert answers == [404, 403]
    assert quotes(person, rep) == []


def test_pinned_stays_pinned_when_people_are_merged(rep, admin, signed_in):
    kept, gone = a_person(owner=rep), a_person(owner=rep)
    pin(signed_in(rep), a_note(by=rep, person=gone))

    merge_people(kept=kept, merged=[gone], by=admin, at=AT)

    assert quotes(kept, admin) == ["Wants a call in April"]


def test_company_has_its_own_and_nothing_in_the_trash(rep, admin, signed_in):
    halden = a_company(owner=rep)
    a_note(by=rep, person=a_person(company=halden, owner=rep))
    about, gone = (a_note(by=rep, company=halden, body=body) for body in ("Halden", "Gone"))
    client = signed_in(rep)
    pin(client, about)
    pin(client, gone)
    client.post(reverse("timeline:delete-note", args=[gone.key]))

    shown = timeline_shown(subject_of_company(halden, user=admin), user=admin, at=AT)

    assert [one.entry.quote for one in shown.pinned] == ["Halden"]
