from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.changes.slots import tracked
from baton.core.editing.slots import bulk_acts
from baton.core.home.slots import home_blocks
from baton.core.notices.slots import notice_kinds
from baton.core.offers import (
    ArchivePart,
    TimelineEntry,
    archive_parts,
    filter_fields,
    timeline_entries,
)
from baton.core.saved.slots import Charge, SavedList, charges, saved_lists
from baton.core.ui.slots import Command, Group, NavigationItem, commands, navigation
from baton.records.people.actions import company_rows, person_rows
from baton.records.people.slots import (
    CompanyPanel,
    PersonCarrier,
    PersonPanel,
    Place,
    company_carriers,
    company_panels,
    person_carriers,
    person_panels,
)
from baton.records.timeline import queries, views
from baton.records.timeline.actions import refresh_latest_touch
from baton.records.timeline.actions.undoing import activity_tracked, note_tracked, task_tracked
from baton.records.timeline.bulk import ACTS
from baton.records.timeline.events import ActivityLogged, NoteAdded, TaskAdded, TaskDone
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.notices import KINDS
from baton.records.timeline.offers import task_fields
from baton.records.timeline.permissions import EDIT_TASKS, VIEW_TASKS, VIEW_TIMELINE
from baton.records.timeline.slots import SubjectKind, subjects
from baton.records.timeline.views.home import BLOCKS
from baton.records.timeline.views.listing import TASKS

tracked.add(note_tracked())
tracked.add(activity_tracked())
tracked.add(task_tracked())

for kind in KINDS:
    notice_kinds.add(kind)
for act in ACTS:
    bulk_acts.add(act)
for block in BLOCKS:
    home_blocks.add(block)
for field in task_fields():
    filter_fields.add(field)
charges.add(Charge(on=TASKS.name, label=gettext_lazy("Open tasks"), order=50))
saved_lists.add(
    SavedList(
        name=TASKS.name,
        label=gettext_lazy("All tasks"),
        url_name="timeline:all-tasks",
        icon="tasks",
        permission=VIEW_TASKS.name,
        listing=lambda: TASKS,
    )
)
subjects.add(SubjectKind(name="person", find=queries.person_subject))
subjects.add(SubjectKind(name="company", find=queries.company_subject))

person_panels.add(
    PersonPanel(
        name="timeline",
        place=Place.MAIN,
        render=views.person_panel,
        order=50,
        permission=VIEW_TIMELINE.name,
    )
)
company_panels.add(
    CompanyPanel(
        name="timeline",
        place=Place.MAIN,
        render=views.company_panel,
        order=50,
        permission=VIEW_TIMELINE.name,
    )
)

navigation.add(
    NavigationItem(
        group=Group.TOP,
        label=gettext_lazy("Tasks"),
        url_name="timeline:tasks",
        icon="tasks",
        permission=VIEW_TASKS.name,
        position=40,
        key="g t",
        count=views.due_now,
        on_phone=True,
    )
)
commands.add(
    Command(
        label=gettext_lazy("New task"),
        url_name="timeline:new-task",
        icon="plus",
        permission=EDIT_TASKS.name,
        position=40,
        also=gettext_lazy("Add create to-do"),
    )
)

timeline_entries.add(
    TimelineEntry(
        fact=NoteAdded,
        icon="note",
        hue="amber",
        title=lambda fact: _("Note"),
        tell_many=queries.tell_notes,
    )
)
timeline_entries.add(
    TimelineEntry(
        fact=ActivityLogged,
        icon="call",
        hue="green",
        title=lambda fact: queries.title_of(
            fact.kind, outcome=fact.outcome, direction="", minutes=fact.minutes
        ),
        tell_many=queries.tell_activities,
    )
)
# What is still to be done stands above the timeline; on it, what was done.
timeline_entries.add(TimelineEntry(fact=TaskAdded, is_hidden=True))
timeline_entries.add(
    TimelineEntry(
        fact=TaskDone,
        icon="tasks",
        hue="green",
        title=lambda fact: _("Task done"),
        tell_many=queries.tell_tasks,
    )
)
for model in (Note, Activity, Task):
    person_carriers.add(person_rows(model))
    company_carriers.add(company_rows(model))
person_carriers.add(
    PersonCarrier(
        name="timeline.latest_touch",
        columns=(),
        settle=lambda ids, at: refresh_latest_touch(person_ids=ids),
        order=60,
    )
)
archive_parts.add(ArchivePart(app="timeline"))
