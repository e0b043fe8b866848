from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_PAGES = Permission("pages.view", Area.MARKETING, Verb.VIEW)
EDIT_PAGES = Permission("pages.edit", Area.MARKETING, Verb.EDIT)
DELETE_PAGES = Permission("pages.delete", Area.MARKETING, Verb.DELETE)
SEND_FORMS = Permission("forms.send", Area.MARKETING, Verb.EDIT)  # another server, by API
