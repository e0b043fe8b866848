from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

MERGE = Permission("duplicates.merge", Area.RELATIONS, Verb.EDIT)
