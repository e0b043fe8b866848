from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_USERS = Permission("users.view", Area.ADMINISTRATION, Verb.VIEW)
MANAGE_USERS = Permission("users.manage", Area.ADMINISTRATION, Verb.MANAGE)
MANAGE_SETTINGS = Permission("settings.manage", Area.ADMINISTRATION, Verb.MANAGE)
MANAGE_KEYS = Permission("keys.manage", Area.ADMINISTRATION, Verb.MANAGE)
