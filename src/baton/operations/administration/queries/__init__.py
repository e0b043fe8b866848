from baton.operations.administration.queries.health import Finding, findings
from baton.operations.administration.queries.people import members_of, regions, teams_with_members
from baton.operations.administration.queries.rates import Waiting, rates_known, waiting_for_rates

__all__ = [
    "Finding",
    "Waiting",
    "findings",
    "members_of",
    "rates_known",
    "regions",
    "teams_with_members",
    "waiting_for_rates",
]
