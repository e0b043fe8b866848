from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_AUDIT = Permission("audit.view", Area.ADMINISTRATION, Verb.VIEW)
