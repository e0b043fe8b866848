from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

# What opens the doors; which records are reached, each kind says by its own permissions.
SHARE_RECORDS = Permission("records.share", Area.RELATIONS, Verb.EDIT)
