from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_MATERIAL = Permission("material.view", Area.MARKETING, Verb.VIEW)
EDIT_MATERIAL = Permission("material.edit", Area.MARKETING, Verb.EDIT)
VIEW_SENT = Permission("material.sent", Area.RELATIONS, Verb.VIEW)
SEND_MATERIAL = Permission("material.send", Area.RELATIONS, Verb.EDIT)
