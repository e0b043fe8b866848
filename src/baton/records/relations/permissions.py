from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_RELATIONS = Permission("relations.view", Area.RELATIONS, Verb.VIEW)
EDIT_RELATIONS = Permission("relations.edit", Area.RELATIONS, Verb.EDIT)
