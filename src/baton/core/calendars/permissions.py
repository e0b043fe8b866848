from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_CALENDARS = Permission("calendars.view", Area.RELATIONS, Verb.VIEW)
KEEP_LEAVE = Permission("leave.keep", Area.RELATIONS, Verb.EDIT)  # one's own
MANAGE_CALENDARS = Permission("calendars.manage", Area.ADMINISTRATION, Verb.MANAGE)
