from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_REPORTS = Permission("reports.view", Area.INSIGHT, Verb.VIEW)
