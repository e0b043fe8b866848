from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb
from baton.insight.lake.permissions import VIEW_REPORTS

EXPORT_REPORTS = Permission("reports.export", Area.INSIGHT, Verb.EXPORT)

__all__ = ["EXPORT_REPORTS", "VIEW_REPORTS"]
