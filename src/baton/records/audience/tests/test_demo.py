from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.records.audience.demo import tell_personas, tell_who_is_which
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person


@pytest.mark.django_db
def test_cast_is_given_personas():
    story = Story(at=datetime(2026, 3, 2, 9, tzinfo=UTC), dice=Random(7))
    titles = ("Energy manager", "Head of operations", "Controller", "Sustainability lead", "Owner")
    story.cast["people"] = {title: a_person(job_title=title) for title in titles}

    tell_personas(story)
    tell_who_is_which(story)

    shown = Person.objects.order_by("pk").values_list("persona", flat=True)
    assert list(shown) == ["Energy manager", "Plant manager", "Finance", "Sustainability lead", ""]
    assert len(story.roots) == 4
