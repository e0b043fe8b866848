import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(rep):
    return a_person(owner=rep, full_name="Ann Lund", job_title="Buyer")


def cell(person, name="job_title"):
    return reverse("people:edit-person", args=[person.key, name]) + "?cell=1"


def test_cell_becomes_a_form_and_a_cell_again_with_a_way_back(signed_in, rep, person):
    client = signed_in(rep)

    form = client.get(cell(person), headers=HTMX).content.decode()
    saved = client.post(cell(person), {"value": "Head", "was": "Buyer"}, headers=HTMX)

    html = saved.content.decode()
    batch = Change.objects.get(object_type="person", verb="edited").batch
    assert 'class="cell-form"' in form
    assert html.lstrip().startswith("Head")
    assert "cell-pen" in html
    assert reverse("changes:undo", args=[batch]) in html


def test_typed_text_stays_with_the_reason_of_a_refusal(signed_in, rep, person):
    typed = "A" * 161

    refused = signed_in(rep).post(cell(person), {"value": typed, "was": "Buyer"}, headers=HTMX)

    html = refused.content.decode()
    assert refused.status_code == 422
    assert typed in html
    assert "data-asks" in html


def test_lost_race_shows_both_values_and_a_second_save_means_it(signed_in, rep, person):
    client = signed_in(rep)
    Person.objects.filter(pk=person.pk).update(job_title="Head")

    lost = client.post(cell(person), {"value": "Chief", "was": "Buyer"}, headers=HTMX)
    client.post(cell(person), {"value": "Chief", "was": "Head"}, headers=HTMX)

    html = lost.content.decode()
    assert lost.status_code == 422
    assert "<b>Head</b>" in html
    assert 'value="Chief"' in html
    assert Person.objects.get().job_title == "Chief"


def test_same_value_is_no_change(signed_in, rep, person):
    saved = signed_in(rep).post(cell(person), {"value": "Buyer", "was": "Buyer"}, headers=HTMX)

    assert "changes" not in saved.content.decode()
    assert not Change.objects.filter(verb="edited").exists()


def test_only_those_whom_one_may_edit_have_a_pencil(signed_in, rep, outsider, person):
    a_person(owner=outsider, full_name="Bo Vik")

    mine, theirs = (signed_in(user).get("/people/").content.decode() for user in (rep, outsider))

    assert reverse("people:edit-person", args=[person.key, "owner"]) in mine
    assert str(person.key) not in theirs
    assert "cell-pen" in theirs
    assert signed_in(outsider).get(cell(person), headers=HTMX).status_code == 404


def test_company_is_edited_in_its_list(signed_in, admin):
    company = a_company(name="Halden")
    url = reverse("people:edit-company", args=[company.key, "employee_count"])

    saved = signed_in(admin).post(f"{url}?cell=1", {"value": "1200", "was": ""}, headers=HTMX)

    assert saved.content.decode().lstrip().startswith("1,200")
