import pytest
from django.urls import reverse

from baton.records.audience import actions
from baton.records.audience.models import Persona, PersonaAssignment
from baton.records.audience.tests.factories import AT, a_persona
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("audience:personas"), reverse("audience:new")
ENERGY = {"all": [{"field": "person.job_title", "op": "contains", "value": "energy"}]}


def row(place, field="", op="", value=""):
    return {f"row-{place}-field": field, f"row-{place}-op": op, f"row-{place}-value": value}


def test_personas_stand_in_the_order_of_their_rules(signed_in, rep):
    a_persona(name="Site manager", position=2)
    a_persona(name="Energy buyer", position=1, rule=ENERGY, pains=["Energy is dear"])

    page = signed_in(rep).get(LIST).content.decode()

    assert page.index("Energy buyer") < page.index("Site manager")
    assert "Job title contains “energy”" in page
    assert "Energy is dear" in page
    assert NEW not in page


def test_list_costs_the_same_for_few_and_many(signed_in, admin, django_assert_max_num_queries):
    for place in range(30):
        a_persona(name=f"Persona {place}", rule=ENERGY)
    client = signed_in(admin)
    client.get(LIST)

    with django_assert_max_num_queries(8):
        page = client.get(LIST).content.decode()

    assert "Persona 29" in page


WRITTEN = {
    "name": "Energy manager",
    "pains": "Cost\nAudits",
    "sentences": "What does an hour of standstill cost you?",
    "join": "all",
    **row(0, "person.job_title", "contains", "energy"),
    **row(1),
}


def personas_of_people() -> list[str]:
    return list(Person.objects.order_by("pk").values_list("persona", flat=True))


def test_persona_is_written_and_read(signed_in, marketer, run_background):
    a_person(job_title="Energy manager")
    a_person(origin="partner")
    client = signed_in(marketer)

    made = client.post(NEW, WRITTEN)
    run_background()

    persona = Persona.objects.get()
    assert made["location"] == persona.get_absolute_url()
    assert (persona.pains, persona.rule) == (["Cost", "Audits"], ENERGY)
    assert personas_of_people() == ["Energy manager", ""]
    page = client.get(persona.get_absolute_url()).content.decode()
    assert "What does an hour of standstill cost you?" in page


def test_persona_is_edited_from_what_it_says(signed_in, marketer, run_background):
    a_person(job_title="Energy manager")
    a_person(origin="partner")
    client = signed_in(marketer)
    client.post(NEW, WRITTEN)
    persona = Persona.objects.get()
    edit = reverse("audience:edit", args=[persona.key])
    form = client.get(edit).context["form"]
    assert [one.initial["value"] for one in form.rows.forms] == ["energy", "", ""]

    partners = row(0, "person.origin", "in", "Sales, partner")
    client.post(edit, {**WRITTEN, "version": 1, "join": "any", **partners, **row(1)})
    run_background()

    persona.refresh_from_db()
    assert persona.rule == {
        "any": [{"field": "person.origin", "op": "in", "value": ["sales", "partner"]}]
    }
    assert client.get(edit).context["form"].rows.forms[0].initial["value"] == "Sales, Partner"
    assert personas_of_people() == ["", "Energy manager"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "required"),
        ({"name": "A", "sentences": "1\n2\n3\n4"}, "three best"),
        ({"name": "A", **row(0, "person.score", ">", "many")}, "Score"),
        ({"name": "A", **row(0, "person.job_title", ">", "5")}, "cannot be compared"),
        ({"name": "A", **row(0, "person.persona", "is", "B")}, "valid choice"),
        ({"name": "Buyer"}, "There is a persona called Buyer already."),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(signed_in, marketer, typed, words):
    a_persona(name="Buyer")

    answer = signed_in(marketer).post(NEW, {"pains": "Cost of energy", **typed})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Cost of energy" in answer.content.decode()
    assert Persona.objects.count() == 1


def test_who_saves_second_loses_the_race(signed_in, marketer):
    persona = a_persona(name="Buyer")
    edit = reverse("audience:edit", args=[persona.key])
    client = signed_in(marketer)
    client.post(edit, {"name": "Chief buyer", "version": 1})

    answer = client.post(edit, {"name": "Head buyer", "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Head buyer"' in page
    assert "Name: Chief buyer" in page
    assert Persona.objects.get().name == "Chief buyer"

    [version] = [field.value() for field in answer.context["form"] if field.name == "version"]
    client.post(edit, {"name": "Head buyer", "version": version})
    assert Persona.objects.get().name == "Head buyer"


def test_rule_that_is_more_than_rows_stays_as_it_is(signed_in, marketer):
    rule = {"any": [ENERGY, {"field": "person.score", "op": ">", "value": "70"}]}
    persona = a_persona(name="Buyer", rule=rule)
    edit = reverse("audience:edit", args=[persona.key])
    client = signed_in(marketer)

    page = client.get(edit).content.decode()
    client.post(edit, {"name": "Chief buyer", "version": 1})

    assert "made over the API" in page
    persona.refresh_from_db()
    assert (persona.name, persona.rule) == ("Chief buyer", rule)


@pytest.mark.parametrize("name", ["audience:edit", "audience:delete"])
def test_rep_changes_no_persona(signed_in, rep, name):
    persona = a_persona(name="Buyer")

    assert signed_in(rep).post(reverse(name, args=[persona.key]), {"name": "X"}).status_code == 403
    assert Persona.objects.living().get().name == "Buyer"


def test_deleted_persona_comes_back(signed_in, marketer):
    persona = a_persona(name="Buyer")
    client = signed_in(marketer)

    client.post(reverse("audience:delete", args=[persona.key]))

    page = client.get(LIST).content.decode()
    [undo] = [
        part.split('"')[0] for part in page.split('action="') if "/undo/" in part.split('"')[0]
    ]
    assert client.get(persona.get_absolute_url()).status_code == 404
    client.post(undo)
    assert client.get(persona.get_absolute_url()).status_code == 200


def test_person_page_says_which_persona_and_why(signed_in, rep):
    a_persona(name="Energy manager", rule=ENERGY, pains=["Energy is dear"], sentences=["Say this"])
    person = a_person(job_title="Energy manager", owner=rep)
    actions.assign_by_rules(person_ids=[person.pk], at=AT)

    page = signed_in(rep).get(person.get_absolute_url()).content.decode()

    for words in (
        "Energy is dear",
        "Say this",
        "Because Job title contains “energy”",
        "I know better",
    ):
        assert words in page


def test_colleague_says_which_persona_somebody_is(signed_in, rep, outsider):
    persona = a_persona(name="Buyer")
    person = a_person(owner=rep)
    url = reverse("audience:assign", args=[person.key])

    refused = signed_in(outsider).post(url, {"persona": persona.key})
    unknown = signed_in(rep).post(url, {"persona": person.key})
    assert not PersonaAssignment.objects.exists()
    signed_in(rep).post(url, {"persona": persona.key})

    assert (refused.status_code, unknown.status_code) == (404, 422)
    link = PersonaAssignment.objects.get()
    assert (link.persona, link.is_by_hand, link.by) == (persona, True, rep)
    assert "Teo said so" in signed_in(rep).get(person.get_absolute_url()).content.decode()

    signed_in(rep).post(url, {"persona": ""})
    assert not PersonaAssignment.objects.exists()
