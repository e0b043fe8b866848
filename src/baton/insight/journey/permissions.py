from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_JOURNEY = Permission("journey.view", Area.INSIGHT, Verb.VIEW)
# Who signs the agreement draws the map: it spans both teams.
EDIT_JOURNEY = Permission("journey.edit", Area.QUALIFICATION, Verb.MANAGE)
