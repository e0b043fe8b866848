from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_DEALS = Permission("deals.view", Area.SALES, Verb.VIEW)
EDIT_DEALS = Permission("deals.edit", Area.SALES, Verb.EDIT)
DELETE_DEALS = Permission("deals.delete", Area.SALES, Verb.DELETE)
EXPORT_DEALS = Permission("deals.export", Area.SALES, Verb.EXPORT)
MANAGE_PIPELINES = Permission("pipelines.manage", Area.SALES, Verb.MANAGE)
