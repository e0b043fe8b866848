from baton.qualification.handoff.models.agreements import Agreement
from baton.qualification.handoff.models.handoffs import Attempt, Handoff, Offer, Rest
from baton.qualification.handoff.models.replies import Reply
from baton.qualification.handoff.models.routing import Pool, PoolMember, RoutingRule

__all__ = [
    "Agreement",
    "Attempt",
    "Handoff",
    "Offer",
    "Pool",
    "PoolMember",
    "Reply",
    "Rest",
    "RoutingRule",
]
