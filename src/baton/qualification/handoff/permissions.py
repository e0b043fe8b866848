from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_HANDOFFS = Permission("handoff.view", Area.QUALIFICATION, Verb.VIEW)
ANSWER_HANDOFFS = Permission("handoff.answer", Area.QUALIFICATION, Verb.EDIT)
REPLY_TO_VERDICTS = Permission("handoff.reply", Area.MARKETING, Verb.EDIT)
MANAGE_HANDOFFS = Permission("handoff.manage", Area.QUALIFICATION, Verb.MANAGE)
