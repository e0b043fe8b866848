from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.records.audience.actions import assign_by_hand
from baton.records.audience.tests.factories import a_persona
from baton.records.material.actions import send_material
from baton.records.material.models import MaterialUse
from baton.records.material.queries import holes_now, works_of
from baton.records.material.slots import Fates
from baton.records.material.tests.factories import some_material
from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import lose_deal, win_deal
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def _send(material, person, *, by, deal=None, at=None):
    at = at or timezone.now()
    send_material(
        material=material,
        person=person,
        deal_id=deal.pk if deal else None,
        by=by,
        at=at,
        today=at.date(),
    )


def test_deal_proposes_what_answers_its_objection_and_competitor(signed_in, rep):
    person = a_person(owner=rep)
    deal = a_deal(person=person, owner=rep)
    Deal.objects.filter(pk=deal.pk).update(objection="Too expensive", competitor="Meterly")
    some_material("Payback", objection="too expensive")
    some_material("Us and Meterly", competitor="Meterly")
    some_material("Something else", objection="No time")

    html = signed_in(rep).get(deal.get_absolute_url()).content.decode()

    assert "answers “too expensive”" in html
    assert "about Meterly" in html
    assert "Something else" not in html


def test_what_is_sent_on_the_page_of_a_deal_is_sent_in_that_deal(signed_in, rep):
    person = a_person(owner=rep)
    deal, _newer = (a_deal(person=person, owner=rep) for _ in range(2))
    material = some_material()

    signed_in(rep).post(
        reverse("material:send"), {"material": material.key, "person": person.key, "deal": deal.key}
    )

    assert MaterialUse.objects.get().deal_id == deal.pk


def test_deals_won_and_lost_tell_which_material_they_had(signed_in, rep, admin):
    now, before = timezone.now(), timezone.now() - timedelta(days=2)
    ann, ben, eva = (a_person(owner=rep) for _ in range(3))
    guide, sheet = some_material("Guide"), some_material("Sheet")
    won, lost, bare = (a_deal(person=one, owner=rep, at=before) for one in (ann, ben, eva))
    _send(guide, ann, by=rep, deal=won)
    _send(guide, ben, by=rep, at=before)
    _send(sheet, eva, by=rep, at=now + timedelta(minutes=5))  # after it closed
    win_deal(deal=won, by=rep, at=now)
    win_deal(deal=bare, by=rep, at=now)
    lose_deal(deal=lost, reason="price", by=rep, at=now)

    found = works_of(admin, at=now)

    assert found.rates
    assert (found.rates.won_with, found.rates.won) == (1, 2)
    assert (found.rates.lost_with, found.rates.lost) == (1, 1)
    assert {row.material.title: row.fates for row in found.rows} == {
        "Guide": Fates(won=1, lost=1),
        "Sheet": Fates(),
    }
    html = signed_in(admin).get(found.rows[0].deal_urls["won"]).content.decode()
    assert won.name in html
    assert signed_in(admin).get(reverse("material:works")).status_code == 200


def test_gaps_tell_stages_personas_and_objections_without_material(admin, rep):
    persona = a_persona(name="Finance", objections=["Payback is too long"])
    assign_by_hand(person=a_person(), persona=persona, by=None, at=timezone.now())
    assert holes_now(admin, at=timezone.now()) == []  # an empty library has no gaps yet
    some_material("For all", stage="problem")
    deal = a_deal(person=a_person(owner=rep), owner=rep, at=timezone.now())
    Deal.objects.filter(pk=deal.pk).update(objection="No interface to our ERP")

    told = [(hole.words, hole.value) for hole in holes_now(admin, at=timezone.now())]

    assert ("Decides", "nothing") in told
    assert ("“Payback is too long”", "Finance") in told
    assert ("“No interface to our ERP”", "said in deals") in told
    assert ("Knows the problem", "nothing") not in told
