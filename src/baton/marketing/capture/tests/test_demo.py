from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.marketing.capture.demo.pages import tell_pages
from baton.marketing.capture.demo.visits import tell_visits_and_forms
from baton.marketing.capture.models import Form, Hit, Page, Submission, Visitor
from baton.records.people.demo.telling import tell_companies, tell_people
from baton.records.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def told() -> Story:
    story = Story(at=AT, dice=Random(7))
    with origin(Origin.DEMO):
        for chapter in (tell_pages, tell_companies, tell_people, tell_visits_and_forms):
            chapter(story)
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


def test_people_of_marketing_came_and_sent_what_they_landed_on():
    """The whole cast, so it takes a second or two."""
    story = told()

    people, sent = story.cast["people"], story.cast["submissions"]
    facts = FactRecord.objects.filter(name="form.submitted")
    kept = {(type(root), root.pk) for root in story.roots}
    assert Person.objects.count() == len(people)
    assert sent["jonas-weil"].form.code == "guide-download"
    assert sent["jonas-weil"].at == story.cast["known_at"][people["jonas-weil"].pk]
    assert {fact.origin for fact in facts} == {"demo"}
    assert len(facts) == Submission.objects.count() > 30
    assert all(hit.at < story.at for hit in Hit.objects.all())
    assert all((Visitor, pk) in kept for pk in Visitor.objects.values_list("pk", flat=True))
    assert all((Page, pk) in kept for pk in Page.objects.values_list("pk", flat=True))
    assert FactRecord.objects.filter(name="visit.made").count() > 40
