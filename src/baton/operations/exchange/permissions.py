from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

RUN_IMPORTS = Permission("imports.run", Area.ADMINISTRATION, Verb.EDIT)
VIEW_IMPORTS = Permission("imports.view", Area.ADMINISTRATION, Verb.VIEW)
VIEW_EXPORTS = Permission("exports.view", Area.ADMINISTRATION, Verb.VIEW)  # everybody's
EXPORT_EVERYTHING = Permission("exports.everything", Area.ADMINISTRATION, Verb.EXPORT)
