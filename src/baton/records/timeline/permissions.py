from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_TIMELINE = Permission("timeline.view", Area.RELATIONS, Verb.VIEW)
EDIT_TIMELINE = Permission("timeline.edit", Area.RELATIONS, Verb.EDIT)
VIEW_TASKS = Permission("tasks.view", Area.RELATIONS, Verb.VIEW)
EDIT_TASKS = Permission("tasks.edit", Area.RELATIONS, Verb.EDIT)
