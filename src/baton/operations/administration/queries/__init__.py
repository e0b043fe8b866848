from baton.operations.administration.queries.demo import Removal, Switch, removal, switch_for
from baton.operations.administration.queries.first_run import needs_set_up
from baton.operations.administration.queries.guide import STEPS, guide
from baton.operations.administration.queries.health import Finding, findings
from baton.operations.administration.queries.people import members_of, regions, teams_with_members
from baton.operations.administration.queries.rates import Waiting, rates_known, waiting_for_rates

__all__ = [
    "STEPS",
    "Finding",
    "Removal",
    "Switch",
    "Waiting",
    "findings",
    "guide",
    "members_of",
    "needs_set_up",
    "rates_known",
    "regions",
    "removal",
    "switch_for",
    "teams_with_members",
    "waiting_for_rates",
]
