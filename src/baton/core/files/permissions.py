from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

# What opens the doors; which records are reached, each kind says by its own permissions.
VIEW_FILES = Permission("files.view", Area.RELATIONS, Verb.VIEW)
EDIT_FILES = Permission("files.edit", Area.RELATIONS, Verb.EDIT)
