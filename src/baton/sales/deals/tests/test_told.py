"""What people of a deal told when they were asked by a guide."""

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.discovery.models import Discovery
from baton.records.discovery.rules import Question
from baton.records.discovery.tests.factories import a_guide, answers
from baton.records.people.actions import merge_people, unmerge
from baton.records.people.tests.factories import a_person
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = pytest.mark.django_db
WHO = Question(code="q1", text="Who decides?", fills="deal.decision_maker")
WHEN = Question(code="q2", text="When?", fills="deal.close_on")


def ask(client, person, **said):
    page = reverse("discovery:ask", args=[person.key])
    form = client.get(page).context["form"]
    drawn = {name: form[name].value() or "" for name in form.fields}
    return client.post(page, drawn | {f"answer-{code}": text for code, text in said.items()})


def test_answers_fill_the_open_deal_and_stand_on_its_page(signed_in, rep):
    a_guide(WHO, WHEN)
    person = a_person(owner=rep)
    deal = a_deal(person=person, owner=rep, by=rep)
    client = signed_in(rep)

    ask(client, person, q1="The controller", q2="2026-06-01")

    deal = Deal.objects.get(pk=deal.pk)
    assert (deal.decision_maker, f"{deal.close_on}") == ("The controller", "2026-06-01")
    assert Discovery.objects.get().deal_id == deal.pk
    html = client.get(deal.get_absolute_url()).content.decode()
    assert "What they told" in html
    assert "Who decides?" in html


def test_undo_empties_the_fields_of_the_deal_again(signed_in, rep):
    a_guide(WHO)
    person = a_person(owner=rep)
    deal = a_deal(person=person, owner=rep, by=rep)
    client = signed_in(rep)
    ask(client, person, q1="The controller")

    batch = Change.objects.get(object_type="discovery").batch
    client.post(reverse("changes:undo", args=[batch]))

    assert Deal.objects.get(pk=deal.pk).decision_maker == ""


def test_without_a_deal_the_answer_is_kept_alone_for_who_sees_its_field(signed_in, rep):
    a_guide(WHO)
    person = a_person(owner=rep)

    ask(signed_in(rep), person, q1="The controller")

    found = Discovery.objects.get()
    assert (found.deal_id, found.answers[0]["answer"], found.answers[0]["fills"]) == (
        None,
        "The controller",
        "deal.decision_maker",
    )


def test_deal_that_somebody_does_not_see_hides_what_was_told_in_it(rep, outsider, admin):
    person = a_person(owner=outsider)
    deal = a_deal(person=person, owner=rep, by=rep)
    answers(person, by=admin, deal_id=deal.pk)

    assert not Discovery.objects.visible_to(outsider).exists()
    assert Discovery.objects.visible_to(admin).count() == 1


def test_answers_go_along_in_a_merge_and_come_back(rep):
    kept, gone = a_person(owner=rep), a_person(owner=rep)
    answers(gone, by=rep)

    batch = merge_people(kept=kept, merged=[gone], by=rep, at=AT)
    merged = Discovery.objects.get().person
    unmerge(batch=batch, by=rep, at=AT)

    assert (merged, Discovery.objects.get().person) == (kept, gone)
