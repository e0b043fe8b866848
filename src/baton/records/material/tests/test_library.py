from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.changes.models import Change
from baton.core.files.models import File
from baton.core.notices.models import Notice
from baton.records.audience.tests.factories import a_persona
from baton.records.material import tasks
from baton.records.material.actions import edit_material
from baton.records.material.models import Material
from baton.records.material.queries import personas_by_material
from baton.records.material.tests.factories import AT, sent, some_material
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
NEW = {"title": "The audit file", "sentence": "What an auditor was shown.", "objection": "No time"}
LINK = "https://fennmark.example/audit"


@pytest.fixture
def mara():
    return create_user(name="Mara", role="marketer", email="mara@fennmark.example")


def test_marketer_writes_material_that_reps_read(signed_in, mara, rep):
    persona = a_persona(name="Finance")
    typed = {**NEW, "link": LINK, "personas": [persona.key], "owner": mara.key}

    answer = signed_in(mara).post(reverse("material:new"), typed)

    material = Material.objects.get()
    assert answer["Location"] == material.get_absolute_url()
    assert (material.link, material.owner, material.version) == (LINK, mara, 1)
    assert personas_by_material([material.pk]) == {material.pk: [persona]}
    client = signed_in(rep)
    assert "The audit file" in client.get(reverse("material:library")).content.decode()
    page = client.get(material.get_absolute_url()).content.decode()
    assert "What an auditor was shown." in page
    assert client.post(reverse("material:edit", args=[material.key]), typed).status_code == 403
    assert client.post(reverse("material:retire", args=[material.key])).status_code == 403
    assert client.post(reverse("material:delete", args=[material.key])).status_code == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"link": "guide.pdf"}, "Write the link whole"),
        ({"title": "Taken"}, "There is material called Taken already."),
    ],
)
def test_bad_material_is_told_and_kept_in_the_form(signed_in, mara, typed, words):
    some_material("Taken")

    answer = signed_in(mara).post(reverse("material:new"), NEW | typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "What an auditor was shown." in answer.content.decode()


def test_who_saves_second_is_told_what_the_first_saved(signed_in, mara):
    material = some_material("One")
    edit_material(material=material, values={"title": "Two"}, version=1, by=None, at=AT)

    answer = signed_in(mara).post(
        reverse("material:edit", args=[material.key]), NEW | {"version": 1}
    )

    assert answer.status_code == 422
    assert "Title: Two" in answer.content.decode()


def test_retired_material_is_taken_back_by_undo(signed_in, mara):
    material, client = some_material(), signed_in(mara)

    client.post(reverse("material:retire", args=[material.key]))

    batch = Change.objects.filter(object_type="material").latest("pk").batch
    library = reverse("material:library")
    client.get(library)  # shows the toast
    assert material.title not in client.get(library).content.decode()
    assert material.title in client.get(f"{library}?show=retired").content.decode()
    client.post(reverse("changes:undo", args=[batch]))
    material.refresh_from_db()
    assert not material.is_retired


def test_deleted_material_comes_back_by_undo(signed_in, mara):
    material, client = some_material(), signed_in(mara)

    client.post(reverse("material:delete", args=[material.key]))

    assert client.get(material.get_absolute_url()).status_code == 404
    batch = Change.objects.filter(object_type="material").latest("pk").batch
    client.post(reverse("changes:undo", args=[batch]))
    assert client.get(material.get_absolute_url()).status_code == 200


def test_undo_of_an_edit_brings_personas_back(signed_in, mara):
    persona, other = a_persona(name="Finance"), a_persona(name="Plant")
    material = some_material(personas=[persona])
    edit_material(
        material=material, values={"personas": [other], "title": "New"}, version=1, by=mara, at=AT
    )

    batch = Change.objects.filter(object_type="material").latest("pk").batch
    signed_in(mara).post(reverse("changes:undo", args=[batch]))

    material.refresh_from_db()
    assert material.title == "The audit file"
    assert personas_by_material([material.pk]) == {material.pk: [persona]}


def test_file_lies_on_the_material_and_reps_read_it(signed_in, mara, rep, settings, tmp_path):
    settings.HOME = tmp_path
    material = some_material()
    url = reverse("files:record", args=["material", material.key])
    from_form = {"file": _upload("audit.txt")}

    assert signed_in(rep).post(url, {"file": _upload("mine.txt")}).status_code == 404
    signed_in(mara).post(url, from_form)

    file = File.objects.get()
    assert (file.object_type, file.object_id) == ("material", material.pk)
    assert signed_in(rep).get(file.get_absolute_url()).status_code == 200
    assert "audit.txt" in signed_in(rep).get(material.get_absolute_url()).content.decode()


def test_owner_is_told_once_that_it_is_out_of_date(mara):
    today = timezone.now().date()
    some_material(owner=mara, valid_until=today - timedelta(days=3))
    some_material("Retired", owner=mara, valid_until=today - timedelta(days=3), is_retired=True)
    some_material("Still right", owner=mara, valid_until=today + timedelta(days=3))

    tasks.tell_stale.call()
    tasks.tell_stale.call()

    assert [one.what for one in Notice.objects.filter(user=mara)] == ["The audit file"]


def test_list_asks_the_same_number_of_questions_for_many(
    signed_in, mara, rep, django_assert_max_num_queries
):
    def asked() -> int:
        with django_assert_max_num_queries(60) as found:
            client.get(reverse("material:library"))
        return len(found)

    client, persona, person = signed_in(mara), a_persona(), a_person()
    sent(some_material("0", personas=[persona], owner=mara), person, by=rep)
    client.get(reverse("material:library"))
    few = asked()
    for number in range(1, 9):
        sent(some_material(str(number), personas=[persona], owner=mara), person, by=rep)

    assert asked() == few


def test_list_tells_what_is_out_of_date_and_until_when(signed_in, mara):
    some_material("Old", valid_until=date(2026, 1, 31))

    html = signed_in(mara).get(f"{reverse('material:library')}?show=stale").content.decode()

    assert "Out of date" in html
    assert "31 Jan" in html


def test_library_without_material_says_what_to_do(signed_in, mara):
    html = signed_in(mara).get(reverse("material:library")).content.decode()

    assert "New material" in html
    assert "What buyers are sent to read" in html


def _upload(name: str):
    return SimpleUploadedFile(name, b"words")


@pytest.mark.parametrize("text", ["guide", "hea gui", "PRIC", "ibis", "Überl"])
def test_palette_finds_it_by_its_title_and_by_what_it_answers(signed_in, rep, text):
    some_material(
        title="Heat guide", objection="Überlegt: the price is high", competitor="Ibis Power"
    )
    some_material(title="Another", objection="No time")

    found = signed_in(rep).get("/palette/", {"q": text}).content.decode()

    assert ("Heat guide" in found, "Another" in found) == (True, False)


@pytest.mark.parametrize("text", ["'\"*", "%_", "\N{REPLACEMENT CHARACTER}1", "x" * 3000, "  "])
def test_whatever_is_typed_into_the_palette_is_only_a_text(signed_in, rep, text):
    some_material(title="Heat guide")

    answer = signed_in(rep).get("/palette/", {"q": text})

    assert answer.status_code == 200
    assert "Heat guide" not in answer.content.decode()


def test_what_is_out_of_date_is_no_more_in_use(signed_in, mara):
    some_material("Old", valid_until=date(2026, 1, 31))
    some_material("New", valid_until=date(2126, 1, 31))
    some_material("Ever")
    client, library = signed_in(mara), reverse("material:library")

    shown = {
        show: [
            row.object.title for row in client.get(f"{library}?show={show}").context["list"].rows
        ]
        for show in ("now", "stale", "all")
    }

    assert shown == {"now": ["Ever", "New"], "stale": ["Old"], "all": ["Ever", "New", "Old"]}
