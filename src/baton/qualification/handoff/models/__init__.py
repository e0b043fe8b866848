from baton.qualification.handoff.models.agreements import Agreement
from baton.qualification.handoff.models.handoffs import Attempt, Handoff, Offer, Rest
from baton.qualification.handoff.models.routing import Pool, PoolMember, RoutingRule

__all__ = [
    "Agreement",
    "Attempt",
    "Handoff",
    "Offer",
    "Pool",
    "PoolMember",
    "Rest",
    "RoutingRule",
]
