from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.qualification.scoring.demo import tell_foresight
from baton.qualification.scoring.models import Foresight
from baton.records.people.tests.factories import AT

pytestmark = pytest.mark.django_db


def test_what_can_be_foreseen_is_learned_from_a_year_of_the_demo_by_a_job(
    django_capture_on_commit_callbacks, run_background
):
    story = Story(at=AT, dice=Random(7), people=90)

    with django_capture_on_commit_callbacks(execute=True):
        tell_foresight(story)

    [foresight] = Foresight.objects.all()
    assert story.roots == [foresight]  # goes with the demo
    assert (foresight.goal, foresight.days, foresight.state) == ("sql", 90, "asked")
    run_background()
    foresight.refresh_from_db()
    assert foresight.state == "refused"  # nobody was handed off in this house
    assert foresight.refusal["values"]["rows"] == 0


def test_small_story_teaches_nothing():
    tell_foresight(Story(at=AT, dice=Random(7)))

    assert not Foresight.objects.exists()
