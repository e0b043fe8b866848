from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_CUSTOMERS = Permission("customers.view", Area.SALES, Verb.VIEW)
EDIT_CUSTOMERS = Permission("customers.edit", Area.SALES, Verb.EDIT)
DELETE_CUSTOMERS = Permission("customers.delete", Area.SALES, Verb.DELETE)
EXPORT_CUSTOMERS = Permission("customers.export", Area.SALES, Verb.EXPORT)
MANAGE_CUSTOMERS = Permission("customers.manage", Area.SALES, Verb.MANAGE)
