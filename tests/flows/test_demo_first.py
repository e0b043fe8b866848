"""A house that began with the demo: what its own people made there since stands on the demo's
pipeline, agreement and pools."""

from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.demo.actions import note_roots, remove_story
from baton.core.demo.queries import what_goes
from baton.core.demo.slots import Story
from baton.operations.administration.demo import tell_company
from baton.qualification.handoff.demo.agreeing import tell_agreement
from baton.qualification.handoff.models import Agreement, Handoff, Pool
from baton.qualification.handoff.tests.factories import a_handoff, a_rep
from baton.records.people.tests.factories import a_person
from baton.records.purchases.demo import tell_products
from baton.records.purchases.models import Product
from baton.sales.deals.demo.story import tell_pipeline
from baton.sales.deals.models import Deal, Pipeline, Stage
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
GROUND = (Pipeline, Stage, Agreement, Pool, Product)


@pytest.fixture
def told(db):
    story = Story(at=AT, dice=Random(7))
    for tell in (tell_company, tell_pipeline, tell_agreement, tell_products):
        tell(story)
    story.keep(a_deal(name="The demo's", person=a_person(full_name="Demo buyer")))
    note_roots(story)
    return story


def test_own_deals_and_leads_stay_with_what_they_stand_on(told):
    """They went with the demo's only pipeline and agreement: all that a house had done since."""
    stages = set(Stage.objects.values_list("name", flat=True))
    deal = a_deal(name="Ours", person=a_person(full_name="Own buyer"))
    lead = a_handoff(rep=a_rep(), person=a_person(full_name="Own lead"))
    going = what_goes()

    remove_story()

    assert (Deal.objects.get(), Handoff.objects.get()) == (deal, lead)
    assert set(Stage.objects.values_list("name", flat=True)) == stages
    assert Agreement.objects.filter(pk=lead.agreement_id).exists()
    assert not Product.objects.exists()
    assert (len(going["deals.Deal"]), "handoff.Handoff" in going) == (1, False)


def test_ground_on_which_nothing_stands_goes(told):
    remove_story()

    assert [kind.__name__ for kind in GROUND if kind.objects.exists()] == []
