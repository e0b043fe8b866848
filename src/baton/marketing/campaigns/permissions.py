from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_CAMPAIGNS = Permission("campaigns.view", Area.MARKETING, Verb.VIEW)
EDIT_CAMPAIGNS = Permission("campaigns.edit", Area.MARKETING, Verb.EDIT)
DELETE_CAMPAIGNS = Permission("campaigns.delete", Area.MARKETING, Verb.DELETE)
