from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

MANAGE_INTEGRATIONS = Permission("integrations.manage", Area.ADMINISTRATION, Verb.MANAGE)
