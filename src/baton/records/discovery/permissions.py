from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_GUIDES = Permission("guides.view", Area.QUALIFICATION, Verb.VIEW)
MANAGE_GUIDES = Permission("guides.manage", Area.QUALIFICATION, Verb.MANAGE)
VIEW_ANSWERS = Permission("discovery.view", Area.RELATIONS, Verb.VIEW)
EDIT_ANSWERS = Permission("discovery.edit", Area.RELATIONS, Verb.EDIT)
