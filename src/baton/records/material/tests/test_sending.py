from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.records.audience.actions import assign_by_hand
from baton.records.audience.tests.factories import a_persona
from baton.records.material.actions import NotToBeSent
from baton.records.material.models import MaterialUse
from baton.records.material.queries import material_beside
from baton.records.material.slots import read_paths
from baton.records.material.tests.factories import AT, sent, some_material
from baton.records.people.actions import merge_people
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LINK = "https://fennmark.example/audit/"


@pytest.fixture
def finance():
    return a_persona(name="Finance", objections=["Payback is too long"])


@pytest.fixture
def ann(rep, finance):
    person = a_person(full_name="Ann Lund", owner=rep)
    assign_by_hand(person=person, persona=finance, by=None, at=AT)
    return person


def _titles(person, user) -> list[str]:
    found = material_beside(person, user=user, at=timezone.now())
    return [one.material.title for one in found["proposed"]]


def test_what_fits_is_proposed_with_its_reasons(signed_in, rep, ann, finance):
    some_material("For plants", personas=[a_persona(name="Plant")])
    some_material("Payback", personas=[finance], objection="Payback is too long", link=LINK)

    html = signed_in(rep).get(ann.get_absolute_url()).content.decode()

    assert "For plants" not in html
    assert "for Finance, answers what they often say: “Payback is too long”" in html


def test_one_press_writes_it_on_the_timeline_and_undo_takes_it_back(signed_in, rep, ann, finance):
    material, client = some_material(personas=[finance], link=LINK), signed_in(rep)

    client.post(reverse("material:send"), {"material": material.key, "person": ann.key})

    use = MaterialUse.objects.get()
    assert (use.person, use.by, use.material_version) == (ann, rep, 1)
    fact = FactRecord.objects.get(name="material.sent")
    assert (fact.person_id, fact.actor_id) == (ann.pk, rep.pk)
    page = client.get(ann.get_absolute_url()).content.decode()
    assert "Material sent: The audit file" in page
    assert _titles(ann, rep) == []
    client.post(reverse("changes:undo", args=[Change.objects.latest("pk").batch]))
    assert "Material sent:" not in client.get(ann.get_absolute_url()).content.decode()
    assert _titles(ann, rep) == ["The audit file"]


def test_what_they_read_already_is_not_proposed(monkeypatch, rep, ann, finance):
    some_material("Read", personas=[finance], link=LINK)
    some_material("Unread", personas=[finance], link="https://fennmark.example/other")
    asked = []

    def read(person_id, paths):
        asked.append((person_id, list(paths)))
        return {"/audit"}

    monkeypatch.setattr(read_paths, "_items", [read])

    assert _titles(ann, rep) == ["Unread"]
    assert asked == [(ann.pk, ["/audit", "/other"])]


def test_retired_and_outdated_material_is_neither_proposed_nor_sent(signed_in, rep, ann, finance):
    yesterday = timezone.now().date() - timedelta(days=2)
    old = some_material("Old", personas=[finance], valid_until=yesterday)
    retired = some_material("Retired", personas=[finance], is_retired=True)

    assert _titles(ann, rep) == []
    for one in (old, retired):
        signed_in(rep).post(reverse("material:send"), {"material": one.key, "person": ann.key})
    assert not MaterialUse.objects.exists()


def test_second_press_writes_no_second_time_but_after_an_undo_it_does(rep, ann, finance):
    material = some_material(personas=[finance])
    first = sent(material, ann, by=rep)

    with pytest.raises(NotToBeSent, match="just now"):
        sent(material, ann, by=rep)

    assert MaterialUse.objects.get() == first
    undo(batch=Change.objects.get(object_type="material_use").batch, by=rep, at=AT)
    assert sent(material, ann, by=rep) != first


def test_stranger_sends_nothing_to_somebody_they_do_not_see(signed_in, outsider, ann, finance):
    material, client = some_material(personas=[finance]), signed_in(outsider)
    url, what = reverse("material:send"), {"material": material.key}

    assert client.post(url, what | {"person": ann.key}).status_code == 404
    assert client.post(url, what | {"person": "nobody"}).status_code == 404
    assert client.get(reverse("material:person", args=[ann.key])).status_code == 404
    assert not MaterialUse.objects.exists()


def test_who_was_sent_it_is_told_to_those_who_see_them(signed_in, rep, outsider, ann, finance):
    material = some_material(personas=[finance])
    sent(material, ann, by=rep)
    url = material.get_absolute_url()

    assert "Ann Lund" in signed_in(rep).get(url).content.decode()
    assert "Ann Lund" not in signed_in(outsider).get(url).content.decode()


def test_what_was_sent_goes_along_in_a_merge(rep, ann, finance):
    double = a_person(full_name="Ann Lund", owner=rep)
    sent(some_material(personas=[finance]), double, by=rep)

    merge_people(kept=ann, merged=[double], by=rep, at=AT)

    assert MaterialUse.objects.get().person == ann
    assert _titles(ann, rep) == []


def test_people_are_found_by_what_they_were_sent(signed_in, rep, ann, finance):
    a_person(full_name="Ben Roth", owner=rep)
    material = some_material(personas=[finance])
    sent(material, ann, by=rep)

    page = signed_in(rep).get(material.get_absolute_url()).content.decode()
    url = page.split('href="/people/?filter=')[1].split('"')[0]
    found = signed_in(rep).get(f"/people/?filter={url}").content.decode()

    assert "Ann Lund" in found
    assert "Ben Roth" not in found


@pytest.mark.parametrize("page", ["//elsewhere.example/", "///elsewhere.example", "/"])
def test_after_a_press_nobody_is_led_out_of_the_house(signed_in, rep, ann, page):
    material = some_material()

    answer = signed_in(rep).post(
        reverse("material:send"),
        {"material": material.key, "person": ann.key},
        headers={"Referer": f"http://testserver{page}"},
    )

    assert answer.status_code == 302
    assert not answer.headers["Location"].startswith("//")
