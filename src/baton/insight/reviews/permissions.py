from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Scope, Verb

VIEW_REVIEWS = Permission("reviews.view", Area.INSIGHT, Verb.VIEW)
# Who signs the agreement holds the review.
EDIT_REVIEWS = Permission("reviews.edit", Area.QUALIFICATION, Verb.MANAGE)


def sees_all(user: User) -> bool:
    """Records of a frozen agenda are named to those alone who see everybody's."""
    return user.scope(VIEW_REVIEWS) is Scope.ALL
