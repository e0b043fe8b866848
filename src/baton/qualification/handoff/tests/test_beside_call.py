import pytest
from django.urls import reverse

from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff
from baton.records.discovery.models import Discovery
from baton.records.discovery.tests.factories import a_guide, answers
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def lead(rep):
    a_default_pool(rep)
    return a_handoff(person=a_person(full_name="Lena Fischer", company=a_company()))


def test_guide_stands_on_the_lead_and_leads_back_to_it(signed_in, rep, lead):
    a_guide(name="First call")
    client, page = signed_in(rep), reverse("handoff:lead", args=[lead.key])

    html = client.get(page).content.decode()
    form = client.get(reverse("discovery:ask", args=[lead.person.key])).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"answer-q1": "Eleven"}
    sent = client.post(
        reverse("discovery:ask", args=[lead.person.key]),
        typed,
        headers={"referer": f"http://testserver{page}"},
    )

    assert "How many meters do you read?" in html
    assert sent["Location"] == page
    assert Discovery.objects.get().person == lead.person
    assert "Asked before, once" in client.get(page).content.decode()


def test_who_gets_the_lead_next_reads_what_was_told(signed_in, rep, admin, lead):
    answers(lead.person, by=admin)

    html = signed_in(rep).get(reverse("handoff:lead", args=[lead.key])).content.decode()

    assert "Eleven" in html
