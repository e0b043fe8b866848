"""What happened with whom, and what is to be done: read only."""

from baton.records.timeline.queries.day import Moved, people_who_moved, tasks_until_tonight
from baton.records.timeline.queries.entries import (
    TimelinePage,
    people_now,
    timeline_of,
    titles_of,
)
from baton.records.timeline.queries.mentions import blind_to, mentioned_in, record_seen, suggested
from baton.records.timeline.queries.panel import TimelineShown, colleagues_of, timeline_shown
from baton.records.timeline.queries.reading import without_hidden_deals
from baton.records.timeline.queries.subjects import (
    company_subject,
    find_subject,
    person_subject,
    subject_of_company,
    subject_of_person,
)
from baton.records.timeline.queries.tasks import (
    TaskGroup,
    TaskShown,
    done_tasks,
    due_count,
    open_tasks_about,
    task_groups,
)
from baton.records.timeline.queries.telling import (
    tell_activities,
    tell_notes,
    tell_tasks,
    title_of,
)

__all__ = [
    "Moved",
    "TaskGroup",
    "TaskShown",
    "TimelinePage",
    "TimelineShown",
    "blind_to",
    "colleagues_of",
    "company_subject",
    "done_tasks",
    "due_count",
    "find_subject",
    "mentioned_in",
    "open_tasks_about",
    "people_now",
    "people_who_moved",
    "person_subject",
    "record_seen",
    "subject_of_company",
    "subject_of_person",
    "suggested",
    "task_groups",
    "tasks_until_tonight",
    "tell_activities",
    "tell_notes",
    "tell_tasks",
    "timeline_of",
    "timeline_shown",
    "title_of",
    "titles_of",
    "without_hidden_deals",
]
