"""The small story: the cast of the demo, told in one go."""

from collections.abc import Iterable
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.demo.models import DemoRow
from baton.core.demo.queries import demo_is_here, seal_of
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.errors import RuleViolation
from baton.core.facts import Origin, origin
from baton.core.keys import new_key


class AlreadyTold(RuleViolation):
    """The demo is there already."""


@transaction.atomic
def tell_story(*, at: datetime, seed: int = 7) -> Story:
    """Every module's chapter in order; facts get the origin "demo", root records are noted.

    Raises AlreadyTold.
    """
    story = begin_story(at=at, seed=seed)
    tell_chapters(story, chapters, batch=new_key())
    return story


def begin_story(*, at: datetime, seed: int, people: int = 0) -> Story:
    if demo_is_here():
        raise AlreadyTold("The demo company is here already. Remove it first: baton demo --remove")
    dice = Random(seed)  # noqa: S311 -- dice of a story, not a secret
    return Story(at=at, dice=dice, people=people)


def tell_chapters(story: Story, told: Iterable[Chapter], *, batch: UUID) -> None:
    with origin(Origin.DEMO, batch=batch):
        for chapter in sorted(told, key=lambda chapter: chapter.order):
            chapter.tell(story)
    note_roots(story)


def note_roots(story: Story) -> None:
    """What goes when the demo goes; of a login also what it is like now."""
    DemoRow.objects.bulk_create(
        [
            DemoRow(
                model=root._meta.label,
                object_id=root.pk,
                seal=seal_of(root) if isinstance(root, User) else "",
            )
            for root in story.roots
        ],
        ignore_conflicts=True,  # a chapter may keep a record that an earlier one kept
    )
    story.count += len(story.roots)
    story.roots.clear()
