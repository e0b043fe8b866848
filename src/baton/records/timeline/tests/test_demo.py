from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.access.actions import create_user
from baton.core.demo.slots import Story, chapters
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.records.timeline.demo import tell_what_happened
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.queries import task_groups
from baton.records.timeline.rules import Due

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)  # a Wednesday
USERS = ("teo", "ravi", "sam", "mara", "ines")


@pytest.fixture(scope="module")
def story(lasting):
    story = Story(at=AT, dice=Random(7))
    story.cast["users"] = {name: create_user(name=name, role="rep") for name in USERS}
    with origin(Origin.DEMO):
        for chapter in sorted(chapters, key=lambda chapter: chapter.order):
            if chapter.name in {"companies", "people"}:
                chapter.tell(story)
        tell_what_happened(story)
    return story


def test_the_story_has_talks_notes_and_tasks(story):
    assert {row.outcome for row in Activity.objects.all()} == {
        "unanswered",
        "voicemail",
        "conversation",
        "held",
        "no_show",
        "sent",
        "received",
    }
    assert Note.objects.count() == 4
    assert {row.owner.name for row in Task.objects.open()} == {"teo", "ravi", "sam"}


def test_the_story_lies_in_the_past_on_working_days(story):
    times = list(Activity.objects.values_list("at", flat=True))

    assert max(times) < AT
    assert {at.weekday() for at in times} <= {0, 1, 2, 3, 4}
    assert set(FactRecord.objects.values_list("origin", flat=True)) == {"demo"}


def test_a_desk_has_tasks_in_several_groups(story):
    groups = task_groups(owner=story.cast["users"]["teo"], at=AT)

    assert [group.due for group in groups] == [Due.LATE, Due.TODAY, Due.LATER]


def test_tasks_are_kept_to_be_removed(story):
    assert set(Task.objects.all()) <= set(story.roots)
