import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.fields.actions import edit_field, save_rule
from baton.core.fields.tests.factories import a_field
from baton.records.audience.actions import assign_by_hand
from baton.records.audience.tests.factories import a_persona
from baton.records.discovery.actions import edit_answers, edit_guide
from baton.records.discovery.models import Discovery
from baton.records.discovery.queries import answers_of
from baton.records.discovery.rules import Question
from baton.records.discovery.tests.factories import AT, METERS, TITLE, a_guide, answers
from baton.records.people.actions import edit_person
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
BUDGET = Question(code="q3", text="Which budget?", fills="person.custom.budget")
SIZE = Question(code="q4", text="How many are you?", fills="company.employee_count")


@pytest.fixture
def person(rep):
    return a_person(owner=rep, full_name="Ann Lund", company=a_company(owner=rep))


def url(person, name="ask"):
    return reverse(f"discovery:{name}", args=[person.key])


def drawn(client, person):
    """What the form sends when nothing is typed in it."""
    form = client.get(url(person)).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_answers_are_kept_as_they_were_asked_and_fill_fields(signed_in, rep, person):
    a_field("Budget", kind="number")
    guide = a_guide(METERS, TITLE, BUDGET, SIZE)
    client = signed_in(rep)

    said = {"answer-q1": "Eleven", "answer-q2": "Plant manager", "answer-q3": "1200"}
    sent = client.post(url(person), drawn(client, person) | said | {"answer-q4": "40"})

    person = Person.objects.select_related("company").get(pk=person.pk)
    found = Discovery.objects.get()
    assert sent["Location"] == person.get_absolute_url()
    assert (person.job_title, person.custom) == ("Plant manager", {"budget": "1200"})
    assert person.company.employee_count == 40
    assert [(one["text"], one["answer"], one["fills"]) for one in found.answers] == [
        ("How many meters do you read?", "Eleven", ""),
        ("What is your job?", "Plant manager", "person.job_title"),
        ("Which budget?", "1200", "person.custom.budget"),
        ("How many are you?", "40", "company.employee_count"),
    ]
    fact = FactRecord.objects.get(name="discovery.answered")
    assert (fact.person_id, fact.actor_id, fact.payload["guide_name"]) == (
        person.pk,
        rep.pk,
        guide.name,
    )
    html = client.get(person.get_absolute_url()).content.decode()
    assert f"Asked: {guide.name}" in html
    assert html.count("Eleven") == 2  # on the timeline, and beside it


def test_all_of_it_is_taken_back_at_once(signed_in, rep, person):
    a_guide(METERS, TITLE)
    client = signed_in(rep)
    assert "None" not in client.get(url(person)).content.decode()
    client.post(url(person), drawn(client, person) | {"answer-q2": "Plant manager"})

    client.post(reverse("changes:undo", args=[Change.objects.get(object_type="discovery").batch]))

    assert Person.objects.get(pk=person.pk).job_title == person.job_title
    assert answers_of(person, user=rep) == []
    assert "What they told" in client.get(person.get_absolute_url()).content.decode()


def test_field_that_somebody_filled_meanwhile_is_shown_and_not_overwritten(signed_in, rep, person):
    a_guide(TITLE)
    client = signed_in(rep)
    typed = drawn(client, person) | {"answer-q2": "Plant manager"}
    edit_person(person=person, values={"job_title": "Controller"}, version=None, by=None, at=AT)

    refused = client.post(url(person), typed)
    before = Person.objects.get(pk=person.pk).job_title
    form = refused.context["form"]
    client.post(url(person), {name: form[name].value() or "" for name in form.fields})

    assert refused.status_code == 422
    assert "Somebody filled this in meanwhile: Controller." in refused.content.decode()
    assert before == "Controller"
    assert Person.objects.get(pk=person.pk).job_title == "Plant manager"


def test_rule_that_refuses_the_field_keeps_everything_out(signed_in, rep, admin, person):
    a_guide(METERS, TITLE)
    condition = {"field": "person.job_title", "op": "is", "value": "CEO"}
    values = {"message": "Nobody is CEO here.", "condition": condition, "is_on": True}
    save_rule(object_type="person", values=values, by=admin, at=AT)
    client = signed_in(rep)

    refused = client.post(
        url(person), drawn(client, person) | {"answer-q1": "Eleven", "answer-q2": "CEO"}
    )

    assert refused.status_code == 422
    assert "Nobody is CEO here." in refused.content.decode()
    assert ">Eleven</textarea>" in refused.content.decode().replace("\n", "")
    assert not Discovery.objects.exists()


def test_value_that_the_field_does_not_take_is_told_beside_it(signed_in, rep, person):
    a_field("Budget", kind="number")
    a_guide(BUDGET)
    client = signed_in(rep)

    refused = client.post(url(person), drawn(client, person) | {"answer-q3": "a lot"})

    assert refused.status_code == 422
    assert "answer-q3" in refused.context["form"].errors


def test_nothing_said_is_refused(signed_in, rep, person):
    a_guide()
    client = signed_in(rep)

    refused = client.post(url(person), drawn(client, person))

    assert "Write at least one answer." in refused.content.decode()


def test_field_that_the_role_does_not_see_is_asked_without_it(
    company, signed_in, rep, admin, person
):
    field = a_field("Budget", kind="text")
    a_guide(BUDGET)
    edit_person(
        person=person, values={"custom": {"budget": "quokka"}}, version=None, by=None, at=AT
    )
    answers(person, by=admin, guide=a_guide(METERS))
    row = Discovery.objects.get()
    told = [{"code": "q1", "text": "Budget?", "answer": "quokka", "fills": "person.custom.budget"}]
    Discovery.objects.filter(pk=row.pk).update(answers=told)
    edit_field(field=field, values={"hidden_for": [rep.role]}, by=admin, at=AT)
    client = signed_in(rep)

    pages = [client.get(url(person)), client.get(person.get_absolute_url())]

    assert ["quokka" in page.content.decode() for page in pages] == [False, False]
    assert "Which budget?" in pages[0].content.decode()


def test_what_no_field_took_is_hidden_as_the_field_would_be(company, signed_in, rep, admin, person):
    field = a_field("Budget", kind="text")
    a_guide(METERS, BUDGET)
    edit_field(field=field, values={"read_only_for": [admin.role]}, by=admin, at=AT)
    edit_field(field=field, values={"hidden_for": [rep.role]}, by=admin, at=AT)
    client = signed_in(admin)
    said = {"answer-q1": "Eleven", "answer-q3": "quokka"}

    client.post(url(person), drawn(client, person) | said)

    pages = [signed_in(one).get(person.get_absolute_url()) for one in (admin, rep)]
    assert ["quokka" in page.content.decode() for page in pages] == [True, False]
    assert Person.objects.get(pk=person.pk).custom == {}


def test_guide_that_was_changed_meanwhile_is_shown_anew_with_what_was_typed(signed_in, rep, person):
    guide = a_guide(METERS)
    client = signed_in(rep)
    typed = drawn(client, person) | {"answer-q1": "Eleven"}
    other = [Question(code="q1", text="How many meters lie?")]
    edit_guide(guide=guide, values={"questions": other}, version=None, by=None, at=AT)

    refused = client.post(url(person), typed)
    form = refused.context["form"]
    client.post(url(person), {name: form[name].value() or "" for name in form.fields})

    assert "How many meters lie?" in refused.content.decode()
    assert [one["text"] for one in Discovery.objects.get().answers] == ["How many meters lie?"]


def test_changed_guide_leaves_what_was_asked(rep, person):
    guide = a_guide(METERS)
    answers(person, by=rep, guide=guide)

    edit_guide(guide=guide, values={"questions": [TITLE]}, version=None, by=None, at=AT)

    told = answers_of(person, user=rep)[0]
    assert told.answers[0]["text"] == "How many meters do you read?"
    assert told.discovery.guide_version == 1


def test_draft_is_there_again_and_gone_when_it_is_sent(signed_in, rep, colleague, person):
    a_guide()
    client = signed_in(rep)
    typed = drawn(client, person) | {"answer-q1": "Eleven so far"}

    kept = client.post(url(person, "draft"), typed)
    mine = client.get(url(person)).content.decode()
    client.post(url(person), typed)
    after = client.get(url(person)).context["form"]

    assert kept.status_code == 204
    assert "Eleven so far" in mine
    assert "Draft, not sent yet" in mine
    assert after["answer-q1"].value() is None


def test_sent_twice_is_kept_once(signed_in, rep, person):
    a_guide()
    client = signed_in(rep)
    typed = drawn(client, person) | {"answer-q1": "Eleven"}

    client.post(url(person), typed)
    client.post(url(person), typed)

    assert Discovery.objects.count() == 1


def test_guide_of_the_persona_stands_there_with_the_reason(signed_in, rep, person):
    persona = a_persona(name="Finance")
    a_guide(name="Everybody")
    a_guide(name="Money first", personas=[persona])
    assign_by_hand(person=person, persona=persona, by=rep, at=AT)

    html = signed_in(rep).get(url(person)).content.decode()

    assert "Because they are: Finance." in html
    assert "Everybody</a>" in html


def test_answers_are_put_in_other_words_with_history(signed_in, rep, person):
    found = answers(person, by=rep)
    client = signed_in(rep)
    page = reverse("discovery:edit-answers", args=[found.key])

    client.post(page, {"version": "1", "answer-q1": "Twelve"})
    lost = client.post(page, {"version": "1", "answer-q1": "Thirteen"})

    change = Change.objects.get(object_type="discovery", verb="edited")
    assert Discovery.objects.get().answers[0]["answer"] == "Twelve"
    assert (change.before["answers"][0]["answer"], change.by) == ("Eleven", rep)
    assert lost.status_code == 422


def test_edit_is_taken_back(signed_in, rep, person):
    found = answers(person, by=rep)
    edit_answers(discovery=found, answers={"q1": "Twelve"}, version=1, by=rep, at=AT)

    batch = Change.objects.get(object_type="discovery", verb="edited").batch
    signed_in(rep).post(reverse("changes:undo", args=[batch]))

    assert Discovery.objects.get().answers[0]["answer"] == "Eleven"


def test_deleted_answers_leave_the_timeline_and_come_back(signed_in, rep, person):
    found = answers(person, by=rep)
    client = signed_in(rep)

    client.post(reverse("discovery:delete-answers", args=[found.key]))
    gone = client.get(person.get_absolute_url()).content.decode()
    client.post(reverse("changes:undo", args=[Change.objects.get(verb="deleted").batch]))

    assert "Eleven" not in gone
    assert "Eleven" in client.get(person.get_absolute_url()).content.decode()


def test_outsider_neither_asks_nor_reads(signed_in, outsider, rep, person):
    a_guide()
    found = answers(person, by=rep)
    client = signed_in(outsider)

    statuses = [
        client.get(url(person)).status_code,
        client.post(url(person, "draft"), {"answer-q1": "x"}).status_code,
        client.get(reverse("discovery:edit-answers", args=[found.key])).status_code,
        client.post(reverse("discovery:delete-answers", args=[found.key])).status_code,
    ]

    assert statuses == [404, 404, 404, 404]
    assert not Discovery.objects.visible_to(outsider).exists()


def test_without_a_guide_the_screen_says_who_writes_one(signed_in, rep, admin, person):
    mine = signed_in(rep).get(url(person)).content.decode()
    theirs = signed_in(admin).get(url(person)).content.decode()

    assert "A head of sales or marketing can." in mine
    assert reverse("discovery:new") in theirs
