from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_GOALS = Permission("goals.view", Area.INSIGHT, Verb.VIEW)
EDIT_GOALS = Permission("goals.edit", Area.INSIGHT, Verb.EDIT)
DELETE_GOALS = Permission("goals.delete", Area.INSIGHT, Verb.DELETE)
