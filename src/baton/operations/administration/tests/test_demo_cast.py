"""Who works for the demo company: eight in the story, more in a larger year."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.operations.administration.demo import tell_company

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_larger_year_has_more_reps_in_teams_of_their_own(tmp_path, settings):
    settings.HOME = tmp_path
    story = Story(at=AT, dice=Random(7), people=20_000)

    tell_company(story)

    more = [rep for rep in story.cast["reps"] if not rep.can_sign_in()]
    assert len(story.cast["reps"]) == 15
    assert len({rep.name for rep in more}) == 12
    assert Counter(rep.team.name for rep in more) == {"Sales east": 6, "Sales west": 6}
