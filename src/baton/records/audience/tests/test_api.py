import pytest

from baton.core.fields.actions import limit_field
from baton.core.settings.models import Organisation
from baton.records.audience.models import Persona
from baton.records.audience.tests.factories import AT, a_persona
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
PERSONAS = "/api/v1/audience/"
RULE = {"all": [{"field": "person.job_title", "op": "contains", "value": "energy"}]}


def send(method, url, body, **headers):
    return method(url, body, content_type="application/json", headers=headers)


def test_persona_lives_through_the_api(api_client, marketer):
    client = api_client(marketer)
    body = {"name": "Energy manager", "pains": ["Cost"], "rule": RULE}
    made, again = (
        send(client.post, PERSONAS, body, **{"Idempotency-Key": "1"}) for _twice in range(2)
    )
    url = f"{PERSONAS}{made.json()['key']}/"

    edited = send(client.patch, url, {"version": 1, "sentences": ["Hello"]})
    stale = send(client.patch, url, {"version": 1, "sentences": ["Other"]})

    assert (made.status_code, again.json()) == (201, made.json())
    assert (edited.status_code, stale.status_code) == (200, 409)
    read = client.get(url).json()
    assert (read["pains"], read["sentences"], read["rule"]) == (["Cost"], ["Hello"], RULE)
    assert [row["name"] for row in client.get(PERSONAS).json()["items"]] == ["Energy manager"]
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("body", [{}, {"name": "A", "rule": {"all": [1]}}, {"name": "A", "x": 1}])
def test_bad_persona_is_refused(api_client, marketer, body):
    assert send(api_client(marketer).post, PERSONAS, body).status_code in {409, 422}
    assert not Persona.objects.exists()


def test_rep_reads_personas_and_changes_none(api_client, rep):
    persona = a_persona(name="Buyer")
    client = api_client(rep)
    url = f"{PERSONAS}{persona.key}/"

    assert client.get(url).status_code == 200
    assert send(client.patch, url, {"version": 1, "name": "X"}).status_code == 403
    assert client.delete(url).status_code == 403
    assert Persona.objects.living().get().name == "Buyer"


def test_colleague_says_who_is_which(api_client, rep, outsider):
    persona = a_persona(name="Buyer")
    person = a_person(owner=rep)
    url = f"{PERSONAS}people/{person.key}/"

    refused = send(api_client(outsider).put, url, {"persona": str(persona.key)})
    unknown = send(api_client(rep).put, url, {"persona": str(person.key)})
    answer = send(api_client(rep).put, url, {"persona": str(persona.key)})

    assert (refused.status_code, unknown.status_code, answer.status_code) == (404, 422, 200)
    assert answer.json() == {
        "person": str(person.key),
        "persona": str(persona.key),
        "is_by_hand": True,
    }
    assert send(api_client(rep).put, url, {"persona": None}).json()["persona"] is None


def test_no_persona_asks_by_what_is_hidden_from_who_writes_it(company, api_client, marketer):
    values = {"hidden_for": [marketer.role]}
    limit_field(object_type="person", name="job_title", values=values, by=None, at=AT)
    client, persona = api_client(marketer), a_persona(name="Buyer")

    made = send(client.post, PERSONAS, {"name": "Chief", "rule": RULE})
    edited = send(client.patch, f"{PERSONAS}{persona.key}/", {"rule": RULE, "version": 1})

    assert (made.status_code, edited.status_code) == (422, 422)
    assert "there is no field person.job_title" in made.json()["detail"]


def test_sentences_are_tried_on_somebody(api_client, marketer, rep, outsider):
    persona = a_persona(name="Buyer")
    ann = a_person(full_name="Ann Berg", owner=rep)
    client, url = api_client(marketer), f"{PERSONAS}try/"
    body = {"sentences": ["Hello {first_name}.", "Hello {company}."]}

    tried = send(client.post, url, {**body, "person": str(ann.key)}).json()
    latest = send(client.post, url, {**body, "persona": str(persona.key)}).json()

    said = [(line["text"], line["facts"], line["lacks"]) for line in tried["lines"]]
    assert said == [
        ("Hello Ann.", ["their name"], []),
        ("", [], ["they have no company"]),
    ]
    assert tried == latest == {"person": str(ann.key), "lines": tried["lines"], "why": ""}
    assert send(client.post, url, {**body, "person": str(persona.key)}).status_code == 422
    assert send(client.post, url, {"sentences": []}).status_code == 422
    assert send(api_client(outsider).post, url, body).status_code == 403


def test_sentences_name_nothing_that_is_hidden_from_who_tries_them(company, api_client, marketer):
    hidden = {marketer.role: {"person": {"hidden": ["company"]}}}
    Organisation.objects.update(field_limits=hidden)
    ann = a_person(full_name="Ann Berg", company=a_company(name="Corvid"))
    body = {"sentences": ["Hello {company}."], "person": str(ann.key)}

    [line] = send(api_client(marketer).post, f"{PERSONAS}try/", body).json()["lines"]

    assert (line["text"], line["lacks"]) == ("", ["they have no company"])
