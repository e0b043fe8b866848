from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

# What opens the doors; which records are reached, each kind says by its own permissions.
FOLLOW_RECORDS = Permission("records.follow", Area.RELATIONS, Verb.EDIT)
SHARE_RECORDS = Permission("records.share", Area.RELATIONS, Verb.EDIT)
