from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.marketing.capture.demo.pages import tell_pages
from baton.marketing.capture.demo.visits import tell_visits_and_forms
from baton.marketing.capture.models import Form, Hit, Page, Submission, Visitor
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CAST = (
    ("jonas", "organic_search", "/p/audit-guide/"),
    ("clara", "direct", "/p/demo/"),
    ("teo", "", ""),
)


def told() -> Story:
    story = Story(at=AT, dice=Random(7))
    with origin(Origin.DEMO):
        tell_pages(story)
        story.cast["people"] = {
            slug: a_person(channel=channel, landing_page=landing, at=AT - timedelta(days=60))
            for slug, channel, landing in CAST
        }
        known_at = {one.pk: AT - timedelta(days=60) for one in story.cast["people"].values()}
        story.cast["known_at"] = known_at
        tell_visits_and_forms(story)
    return story


def test_pages_are_published_and_link_to_each_other(client):
    story = Story(at=AT, dice=Random(7))

    tell_pages(story)

    statuses = {slug: client.get(f"/p/{slug}/").status_code for slug in story.cast["pages"]}
    assert set(statuses.values()) == {200}
    assert 'href="/p/pricing/"' in client.get("/p/welcome/").content.decode()
    assert 'href="/p/welcome/"' in client.get("/p/pricing/").content.decode()
    assert {form.code for form in Form.objects.all()} == {
        "guide-download",
        "request-demo",
        "webinar-signup",
    }


def test_people_came_and_sent_the_form_of_the_page_they_landed_on():
    """Four hundred strangers pass by, too: it takes half a second."""
    story = told()

    people, sent = story.cast["people"], story.cast["submissions"]
    facts = FactRecord.objects.filter(name="form.submitted")
    kept = {(type(root), root.pk) for root in story.roots}
    assert {slug: one.form.code for slug, one in sent.items()} == {
        "jonas": "guide-download",
        "clara": "request-demo",
    }
    assert (sent["jonas"].person, sent["jonas"].at) == (people["jonas"], AT - timedelta(days=60))
    assert Person.objects.count() == len(people)
    assert {fact.origin for fact in facts} == {"demo"}
    assert len(facts) == Submission.objects.count() == 2
    assert all(hit.at < story.at for hit in Hit.objects.all())
    assert all((Visitor, pk) in kept for pk in Visitor.objects.values_list("pk", flat=True))
    assert all((Page, pk) in kept for pk in Page.objects.values_list("pk", flat=True))
    assert FactRecord.objects.filter(name="visit.made").count() >= 2
