import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.changes.models import Change
from baton.core.fields.slots import field_uses
from baton.core.fields.tests.factories import a_field
from baton.records.audience.actions import trash_personas
from baton.records.audience.tests.factories import a_persona
from baton.records.discovery.actions import edit_guide, move_guide, trash_guides
from baton.records.discovery.models import Guide
from baton.records.discovery.queries import guide_rows
from baton.records.discovery.rules import Question
from baton.records.discovery.tests.factories import AT, METERS, TITLE, a_guide

pytestmark = pytest.mark.django_db
NEW = {
    "name": "First call",
    "total": "2",
    "q0-text": "How many meters?",
    "q0-hint": "Also by hand",
    "q1-text": "What is your job?",
    "q1-fills": "person.job_title",
}


@pytest.fixture
def head(company):
    return create_user(name="Hanna", role="head_of_sales", email="hanna@fennmark.example")


def test_head_of_sales_writes_a_guide(signed_in, head):
    persona = a_persona(name="Finance")

    answer = signed_in(head).post(reverse("discovery:new"), NEW | {"personas": [persona.key]})

    guide = Guide.objects.get()
    assert answer["Location"] == guide.get_absolute_url()
    assert guide.questions == [
        {"code": "q1", "text": "How many meters?", "hint": "Also by hand", "fills": ""},
        {"code": "q2", "text": "What is your job?", "hint": "", "fills": "person.job_title"},
    ]
    assert [row.personas for row in guide_rows(head)] == [[persona]]
    html = signed_in(head).get(guide.get_absolute_url()).content.decode()
    assert "Fills Person: Job title" in html


def test_reps_read_guides_and_write_none(signed_in, rep, head):
    guide = a_guide(name="First call")
    client = signed_in(rep)

    shown = client.get(reverse("discovery:guides"))

    assert "First call" in shown.content.decode()
    assert "New guide" not in shown.content.decode()
    assert client.post(reverse("discovery:edit", args=[guide.key]), NEW).status_code == 403
    assert client.post(reverse("discovery:delete", args=[guide.key])).status_code == 403


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        ("add", ["How many meters?", "What is your job?", ""]),
        ("down:0", ["What is your job?", "How many meters?"]),
        ("up:1", ["What is your job?", "How many meters?"]),
        ("remove:0", ["What is your job?"]),
        ("remove:9", ["How many meters?", "What is your job?"]),
    ],
)
def test_buttons_arrange_questions_and_save_nothing(signed_in, head, act, texts):
    answer = signed_in(head).post(reverse("discovery:new"), NEW | {"do": act})

    rows = answer.context["form"].rows
    assert [row["text"].value() or "" for row in rows] == texts
    assert not Guide.objects.exists()


def test_bad_guide_keeps_what_was_typed(signed_in, head):
    answer = signed_in(head).post(reverse("discovery:new"), NEW | {"q0-text": "", "q1-text": ""})

    assert answer.status_code == 422
    assert "Write at least one question." in answer.content.decode()
    assert 'value="First call"' in answer.content.decode()


def test_edit_is_taken_back(signed_in, head):
    persona = a_persona()
    guide = a_guide(METERS, TITLE, personas=[persona])
    edit_guide(guide=guide, values={"name": "Other", "personas": []}, version=1, by=head, at=AT)

    batch = Change.objects.get(object_type="guide", verb="edited").batch
    signed_in(head).post(reverse("changes:undo", args=[batch]))

    row = guide_rows(head)[0]
    assert (row.guide.name, row.personas) == (guide.name, [persona])


def test_deleted_guide_comes_back(signed_in, head):
    guide = a_guide()
    client = signed_in(head)

    client.post(reverse("discovery:delete", args=[guide.key]))
    gone = guide_rows(head)
    client.post(reverse("changes:undo", args=[Change.objects.get(verb="deleted").batch]))

    assert (gone, [row.guide for row in guide_rows(head)]) == ([], [guide])


def test_second_save_of_an_old_version_is_told(signed_in, head):
    guide = a_guide(name="First call")
    edit_guide(guide=guide, values={"name": "Their name"}, version=1, by=None, at=AT)
    sent = NEW | {"version": "1"}

    refused = signed_in(head).post(reverse("discovery:edit", args=[guide.key]), sent)
    again = signed_in(head).post(
        reverse("discovery:edit", args=[guide.key]), sent | {"version": "2"}
    )

    assert (refused.status_code, again.status_code) == (422, 302)
    assert Guide.objects.get().name == "First call"


def test_guides_change_places(head):
    first, second = a_guide(), a_guide()

    move_guide(guide=second, is_up=True, by=head, at=AT)

    rows = guide_rows(head)
    assert [(row.guide, row.is_default) for row in rows] == [(second, True), (first, False)]


def test_guide_of_a_deleted_persona_is_not_everybodys(head):
    persona = a_persona()
    guide = a_guide(personas=[persona])
    trash_personas(persona_ids=[persona.pk], by=None, at=AT)

    row = guide_rows(head)[0]

    assert (row.guide, row.personas, row.is_default) == (guide, [], False)


def test_own_field_says_which_guide_asks_for_it(admin):
    a_field("Budget", object_type="person")
    a_guide(Question(code="", text="Budget?", fills="person.custom.budget"), name="First call")
    use = field_uses.find("discovery")

    assert use
    assert list(use.named("person", "budget")) == ["First call"]


def test_list_of_guides_asks_the_same_of_many(signed_in, head):
    client = signed_in(head)
    persona = a_persona()
    a_guide(personas=[persona])
    client.get(reverse("discovery:guides"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("discovery:guides"))
    for _number in range(5):
        a_guide(personas=[persona])
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("discovery:guides"))

    assert len(few) == len(many)


def test_guide_that_somebody_deletes_while_it_is_moved_stays_where_it_was(admin):
    gone, other = a_guide(), a_guide()
    trash_guides(guide_ids=[gone.pk], by=admin, at=AT)

    move_guide(guide=gone, is_up=False, by=admin, at=AT)

    assert list(Guide.objects.living()) == [other]
