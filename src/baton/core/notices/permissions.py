from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

READ_CHOICES = Permission("notices.read", Area.RELATIONS, Verb.VIEW)  # one's own
CHOOSE_NOTICES = Permission("notices.choose", Area.RELATIONS, Verb.EDIT)  # one's own
MANAGE_NOTICES = Permission("notices.manage", Area.ADMINISTRATION, Verb.MANAGE)
