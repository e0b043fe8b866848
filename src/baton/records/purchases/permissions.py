from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_PRODUCTS = Permission("products.view", Area.SALES, Verb.VIEW)
EDIT_PRODUCTS = Permission("products.edit", Area.SALES, Verb.MANAGE)
VIEW_PURCHASES = Permission("purchases.view", Area.SALES, Verb.VIEW)
EDIT_PURCHASES = Permission("purchases.edit", Area.SALES, Verb.EDIT)
DELETE_PURCHASES = Permission("purchases.delete", Area.SALES, Verb.DELETE)
EXPORT_PURCHASES = Permission("purchases.export", Area.SALES, Verb.EXPORT)
MANAGE_HOOKS = Permission("purchases.hooks", Area.ADMINISTRATION, Verb.MANAGE)
