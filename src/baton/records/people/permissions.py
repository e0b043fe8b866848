from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_PEOPLE = Permission("people.view", Area.RELATIONS, Verb.VIEW)
EDIT_PEOPLE = Permission("people.edit", Area.RELATIONS, Verb.EDIT)
DELETE_PEOPLE = Permission("people.delete", Area.RELATIONS, Verb.DELETE)
EXPORT_PEOPLE = Permission("people.export", Area.RELATIONS, Verb.EXPORT)
VIEW_COMPANIES = Permission("companies.view", Area.RELATIONS, Verb.VIEW)
EDIT_COMPANIES = Permission("companies.edit", Area.RELATIONS, Verb.EDIT)
DELETE_COMPANIES = Permission("companies.delete", Area.RELATIONS, Verb.DELETE)
