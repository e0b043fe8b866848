from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_PERSONAS = Permission("personas.view", Area.MARKETING, Verb.VIEW)
EDIT_PERSONAS = Permission("personas.edit", Area.MARKETING, Verb.EDIT)
