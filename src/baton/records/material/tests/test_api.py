from uuid import uuid4

import pytest

from baton.records.audience.actions import assign_by_hand
from baton.records.audience.tests.factories import a_persona
from baton.records.material.models import MaterialUse
from baton.records.material.tests.factories import AT, some_material
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/api/v1/material/"
JSON = "application/json"


def test_material_is_made_read_edited_deleted_and_restored(api_client, admin):
    persona, client = a_persona(), api_client(admin)
    values = {"title": "Guide", "personas": [str(persona.key)], "valid_until": "2027-01-31"}

    made = client.post(URL, values, content_type=JSON).json()
    page = f"{URL}{made['key']}/"
    edited = client.patch(page, {"version": 1, "title": "Map"}, content_type=JSON).json()
    lost = client.patch(page, {"version": 1, "title": "Third"}, content_type=JSON)
    client.delete(page)
    gone = client.get(URL).json()["items"]
    client.post(f"{page}restore/")

    assert (made["title"], made["personas"]) == ("Guide", [str(persona.key)])
    assert (edited["title"], edited["version"]) == ("Map", 2)
    assert (edited["valid_until"], edited["personas"]) == ("2027-01-31", [str(persona.key)])
    assert (lost.status_code, gone) == (409, [])
    assert client.get(page).json()["title"] == "Map"


@pytest.mark.parametrize(
    "wrong",
    [
        {"personas": [str(uuid4())]},
        {"product": str(uuid4())},
        {"owner": str(uuid4())},
        {"stage": "nowhere"},
    ],
)
def test_what_there_is_not_is_told(api_client, admin, wrong):
    answer = api_client(admin).post(URL, {"title": "Guide", **wrong}, content_type=JSON)

    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.json()["detail"]


def test_rep_asks_what_fits_and_sends_it(api_client, rep):
    persona, person = a_persona(name="Finance"), a_person(owner=rep)
    assign_by_hand(person=person, persona=persona, by=None, at=AT)
    material = some_material(personas=[persona], sentence="Read this.")
    client = api_client(rep)
    page = f"{URL}people/{person.key}/"

    before = client.get(page).json()
    send = f"{URL}{material.key}/send/"
    answer = client.post(send, {"person": str(person.key)}, content_type=JSON)

    assert [(one["text"], one["why"]) for one in before["proposed"]] == [
        ("Read this.", ["for Finance"])
    ]
    assert answer.status_code == 201
    after = client.get(page).json()
    assert (after["proposed"], [one["material"] for one in after["sent"]]) == (
        [],
        [str(material.key)],
    )


def test_stranger_and_reader_send_nothing(api_client, outsider, rep):
    person, material = a_person(owner=rep), some_material()
    send = f"{URL}{material.key}/send/"

    answer = api_client(outsider).post(send, {"person": str(person.key)}, content_type=JSON)

    assert answer.status_code == 404
    assert api_client(outsider).get(f"{URL}people/{person.key}/").status_code == 404
    assert not MaterialUse.objects.exists()
