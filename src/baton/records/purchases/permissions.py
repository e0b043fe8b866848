from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_PRODUCTS = Permission("products.view", Area.SALES, Verb.VIEW)
EDIT_PRODUCTS = Permission("products.edit", Area.SALES, Verb.MANAGE)
