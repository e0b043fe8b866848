from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_IMPROVEMENTS = Permission("improvements.view", Area.INSIGHT, Verb.VIEW)
# Who holds the review says what is tried.
EDIT_IMPROVEMENTS = Permission("improvements.edit", Area.QUALIFICATION, Verb.MANAGE)
