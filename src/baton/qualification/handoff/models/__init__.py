from baton.qualification.handoff.models.agreements import Agreement
from baton.qualification.handoff.models.clocks import Clock
from baton.qualification.handoff.models.handoffs import Attempt, Handoff, Offer, Rest
from baton.qualification.handoff.models.replies import Reply
from baton.qualification.handoff.models.routing import Pool, PoolMember, RoutingRule
from baton.qualification.handoff.models.territories import NamedAccount, RepProfile, Territory

__all__ = [
    "Agreement",
    "Attempt",
    "Clock",
    "Handoff",
    "NamedAccount",
    "Offer",
    "Pool",
    "PoolMember",
    "RepProfile",
    "Reply",
    "Rest",
    "RoutingRule",
    "Territory",
]
