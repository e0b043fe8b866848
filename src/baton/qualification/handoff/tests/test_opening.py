import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.settings.models import Organisation
from baton.marketing.capture.rules import FieldKind, FormField
from baton.marketing.capture.tests.factories import EMAIL, NAME, a_form, a_submission
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.audience.actions import assign_by_hand
from baton.records.audience.models import Persona
from baton.records.audience.tests.factories import a_persona
from baton.records.material.tests.factories import sent, some_material
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def lead(rep):
    a_default_pool(rep)
    person = a_person(full_name="Lena Fischer", first_name="Lena", company=a_company(name="Fenn"))
    return a_handoff(person=person)


def _shown(client, lead) -> str:
    return str(client.get(reverse("handoff:lead", args=[lead.key])).content.decode())


def test_approved_sentence_is_filled_with_what_is_known(signed_in, rep, lead):
    persona = a_persona(
        name="Finance",
        sentences=["What does {company} pay, {first_name}?", "You read {page}, why?"],
    )
    assign_by_hand(person=lead.person, persona=persona, by=None, at=AT)

    html = _shown(signed_in(rep), lead)

    assert "What does Fenn pay, Lena?" in html
    assert "Why: approved by marketing for Finance, their company, their name" in html
    assert "You read {page}" not in html


def test_what_they_were_sent_last_opens_the_call_without_a_persona(signed_in, rep, lead):
    sent(some_material("The audit file"), lead.person, by=rep)

    html = _shown(signed_in(rep), lead)

    assert "I sent you “The audit file”. What of it was new to you?" in html
    assert "Why: no persona yet, the material they were sent last" in html


def test_person_page_shows_no_sentence_that_cannot_be_said_there(signed_in, rep, lead):
    persona = a_persona(sentences=["Good morning, {first_name}.", "You read {page}."])
    assign_by_hand(person=lead.person, persona=persona, by=None, at=AT)

    html = signed_in(rep).get(lead.person.get_absolute_url()).content.decode()

    assert "Good morning, Lena." in html
    assert "You read" not in html


def test_what_somebody_wrote_is_said_as_a_text_and_nothing_more(signed_in, rep, lead):
    evil = "\"><img src=x onerror=alert(1)> {first_name} it's"
    sent(some_material(evil), lead.person, by=rep)
    lead.person.company.name = "{talk}</b-copy><script>alert(1)</script>"
    lead.person.company.save()
    persona = a_persona(sentences=["At {company}, what of {material} was new?"])
    assign_by_hand(person=lead.person, persona=persona, by=None, at=AT)

    html = _shown(signed_in(rep), lead)

    assert "<img src=x" not in html
    assert "<script>alert" not in html
    said = re.findall(r'<b-copy data-text="([^"]*)">', html)
    text = f"At {lead.person.company.name}, what of {evil} was new?"
    assert text in [unescape(one) for one in said]


@pytest.fixture
def ines():
    return create_user(name="Ines", role=Role.MARKETER, email="ines@x.example")


def _tried(client, page, **typed):
    usual = {"name": "Finance", "sentences": "", "try": "1"}
    return client.post(page, {**usual, **typed}).context["tried"]


def test_sentences_are_tried_on_the_latest_to_whom_they_can_be_said(signed_in, ines, rep, lead):
    sent(some_material("The audit file"), lead.person, by=rep)
    persona = a_persona(name="Finance", sentences=["What of {material} was new, {first_name}?"])
    assign_by_hand(person=lead.person, persona=persona, by=None, at=AT)
    other = a_person(full_name="Otto", first_name="")
    assign_by_hand(person=other, persona=persona, by=None, at=AT)
    Person.objects.filter(pk=other.pk).update(latest_touch_at=timezone.now())

    page = signed_in(ines).get(reverse("audience:edit", args=[persona.key]))

    tried = page.context["tried"]
    assert tried.person == lead.person
    assert [line.text for line in tried.lines] == ["What of The audit file was new, Lena?"]
    assert tried.lines[0].facts[0].startswith("the material they were sent last")
    assert "What of The audit file was new, Lena?" in page.text


def test_what_is_typed_is_tried_on_whom_one_picks_and_nothing_is_saved(signed_in, ines, lead):
    otto = a_person(full_name="Otto Winter", first_name="")
    page = reverse("audience:new")
    typed = "What of {company}?\nYou wrote {words}\nOf {foo}?"

    tried = _tried(signed_in(ines), page, sentences=typed, who="Otto")
    nobody = _tried(signed_in(ines), page, sentences=typed, who="Zaphod")

    assert tried.person == otto
    assert [(line.text, line.lacks) for line in tried.lines] == [
        ("", ["they have no company"]),
        ("", ["they wrote nothing in a form"]),
        ("", ["{foo} is nothing that can be filled"]),
    ]
    assert (nobody.person, nobody.why) == (None, "Nobody whom you see is called “Zaphod”.")
    assert not Persona.objects.exists()


def test_a_sentence_that_cannot_be_said_to_anybody_says_why(signed_in, ines, lead):
    tried = _tried(signed_in(ines), reverse("audience:new"), sentences="You read {page}.")

    assert tried.person == lead.person
    assert tried.lines[0].lacks == ["no page is known that they read"]


def test_what_somebody_wrote_who_was_never_handed_over_can_be_said(signed_in, ines):
    question = FormField(code="question", kind=FieldKind.TEXTAREA, label="Your question")
    form = a_form(fields=[NAME, EMAIL, question])
    a_submission(form=form, email="mia@corvid.example", question="How much is it?")

    tried = _tried(signed_in(ines), reverse("audience:new"), sentences="You wrote “{words}”")

    assert tried.lines[0].text == "You wrote “How much is it?”"


def test_what_is_hidden_from_who_tries_fills_no_sentence(signed_in, ines, lead):
    """What is typed is sent, and still only looked at."""
    hidden = {ines.role: {"person": {"hidden": ["company"]}}}
    Organisation.objects.update(field_limits=hidden)
    typed = "What does {company} pay?"

    for who in ("Lena", ""):
        answer = signed_in(ines).post(
            reverse("audience:new"),
            {"name": "Finance", "sentences": typed, "try": "1", "who": who},
        )

        tried = answer.context["tried"]
        assert tried.person == lead.person
        assert [(one.text, one.lacks) for one in tried.lines] == [("", ["they have no company"])]
        assert "Fenn" not in answer.content.decode()


def test_what_they_answered_is_written_after_the_question_as_people_write(signed_in, rep, lead):
    asked = [("How many plants?", "2 to 5"), ("Country", "Norway")]
    words = [{"label": label, "value": value, "is_long": ""} for label, value in asked]
    form = {"name": "Demo", "page": "", "at": AT.isoformat(), "words": words}
    Handoff.objects.update(brief={**lead.brief, "forms": [form]})

    html = _shown(signed_in(rep), lead)

    assert "How many plants? 2 to 5" in html
    assert "Country: Norway" in html
