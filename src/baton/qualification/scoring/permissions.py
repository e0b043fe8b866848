from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_SCORES = Permission("scoring.view", Area.QUALIFICATION, Verb.VIEW)
MANAGE_SCORES = Permission("scoring.manage", Area.QUALIFICATION, Verb.MANAGE)
USE_FORESIGHT = Permission("scoring.foresee", Area.ADMINISTRATION, Verb.MANAGE)
