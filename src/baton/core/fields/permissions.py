from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

MANAGE_FIELDS = Permission("fields.manage", Area.ADMINISTRATION, Verb.MANAGE)
