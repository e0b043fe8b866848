from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_HANDOFFS = Permission("handoff.view", Area.QUALIFICATION, Verb.VIEW)
ANSWER_HANDOFFS = Permission("handoff.answer", Area.QUALIFICATION, Verb.EDIT)
REPLY_TO_VERDICTS = Permission("handoff.reply", Area.MARKETING, Verb.EDIT)
MANAGE_HANDOFFS = Permission("handoff.manage", Area.QUALIFICATION, Verb.MANAGE)


def can_answer(user: User) -> bool:
    """Who is here, in a role that answers leads: nobody else owes an answer."""
    return user.deleted_at is None and user.may(ANSWER_HANDOFFS)
