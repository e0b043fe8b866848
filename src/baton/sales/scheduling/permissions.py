from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_BOOKINGS = Permission("bookings.view", Area.SALES, Verb.VIEW)
EDIT_BOOKINGS = Permission("bookings.edit", Area.SALES, Verb.EDIT)
