from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_PLANS = Permission("plans.view", Area.INSIGHT, Verb.VIEW)
# Who signs the agreement writes and signs plans.
EDIT_PLANS = Permission("plans.edit", Area.QUALIFICATION, Verb.MANAGE)
