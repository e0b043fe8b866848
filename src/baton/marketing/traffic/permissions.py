from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_TRAFFIC = Permission("traffic.view", Area.MARKETING, Verb.VIEW)
EDIT_TRAFFIC = Permission("traffic.edit", Area.MARKETING, Verb.EDIT)
DELETE_TRAFFIC = Permission("traffic.delete", Area.MARKETING, Verb.DELETE)
