from baton.core.access.permissions import Permission
from baton.core.access.roles import Area, Verb

VIEW_REVIEWS = Permission("reviews.view", Area.INSIGHT, Verb.VIEW)
# Who signs the agreement holds the review.
EDIT_REVIEWS = Permission("reviews.edit", Area.QUALIFICATION, Verb.MANAGE)
