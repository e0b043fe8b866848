"""One form moves the score and raises a hand; either may be looked at first."""

import pytest

from baton.core.facts.models import FactRecord
from baton.core.facts.numbering import number_facts, seat_subscribers
from baton.marketing.capture.events import FormSubmitted
from baton.marketing.capture.tests.factories import a_form, a_submission
from baton.qualification.handoff import actions
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_rep, an_agreement
from baton.qualification.scoring.actions import score_facts
from baton.qualification.scoring.tests.factories import an_engagement_rule

pytestmark = pytest.mark.django_db


def test_hand_that_moved_the_score_is_urgent_whichever_is_faster(company):
    an_agreement({"hand_raise_forms": ["demo"]})
    a_default_pool(a_rep())
    an_engagement_rule(points=80)
    sent = a_submission(form=a_form(code="demo"))
    form = FactRecord.objects.get(name=FormSubmitted.name).as_fact()
    assert isinstance(form, FormSubmitted)
    assert sent.person_id
    seat_subscribers()
    number_facts()
    score_facts(facts=[form], at=AT)

    by_score = actions.qualify_person(person_id=sent.person_id, at=AT)
    raised = actions.qualify_person(person_id=sent.person_id, form=form, at=AT)

    assert by_score
    assert raised
    assert (by_score.lane, raised.lane, raised.pk) == ("score", "hand_raise", by_score.pk)
    assert raised.accept_due_at < by_score.accept_due_at
    assert [one["fact_id"] for one in raised.brief["forms"]] == [form.id]
