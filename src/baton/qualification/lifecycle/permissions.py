from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_STAGES = Permission("lifecycle.view", Area.RELATIONS, Verb.VIEW)
MOVE_STAGES = Permission("lifecycle.move", Area.RELATIONS, Verb.EDIT)
