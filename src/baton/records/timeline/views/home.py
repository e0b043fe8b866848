"""What tasks and timelines show on the first page of the day."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.home.slots import MANAGERS, MARKETERS, OWNERS, SELLERS, HomeBlock, HomePlace
from baton.records.people.permissions import VIEW_PEOPLE
from baton.records.timeline import queries
from baton.records.timeline.permissions import EDIT_TASKS

FEW = 6


def tasks_block(request: HttpRequest) -> str:
    """What is late or due today."""
    at = timezone.now()
    tasks = queries.tasks_until_tonight(owner=user_of(request), at=at, most=FEW)
    return render_to_string("timeline/home_tasks.html", {"tasks": tasks}, request=request)


def moved_block(request: HttpRequest) -> str:
    """What one's own people did since yesterday."""
    at = timezone.now()
    moved = queries.people_who_moved(owner=user_of(request), at=at, most=FEW)
    return render_to_string("timeline/home_moved.html", {"moved": moved}, request=request)


BLOCKS = (
    HomeBlock(
        name="tasks",
        render=tasks_block,
        place=HomePlace.MAIN,
        order=30,
        permission=EDIT_TASKS.name,
        roles=SELLERS | MANAGERS | MARKETERS | OWNERS,
    ),
    HomeBlock(
        name="moved",
        render=moved_block,
        place=HomePlace.SIDE,
        order=20,
        permission=VIEW_PEOPLE.name,
        roles=SELLERS,
    ),
)
