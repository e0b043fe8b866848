"""What the agreement demands: who counts, who gets the lead, until when, and what a verdict means.

No database, no clock.
"""

from baton.qualification.handoff.rules.clocks import (
    accept_due,
    attempts_due,
    escalates_at,
    pace,
    response_due,
)
from baton.qualification.handoff.rules.goals import (
    STEPS,
    Goal,
    Proposal,
    likely_mqls,
    propose,
    step_rates,
)
from baton.qualification.handoff.rules.measured import Measured, minutes_kept, tries_needed
from baton.qualification.handoff.rules.named import Line, read_lines
from baton.qualification.handoff.rules.qualifying import Standing, lane_for
from baton.qualification.handoff.rules.replies import AGAINST, ReplyKind
from baton.qualification.handoff.rules.routed import (
    Asked,
    Case,
    Choice,
    Condition,
    Decision,
    Member,
    PoolView,
    Rep,
    Step,
    Target,
    Why,
    Wish,
)
from baton.qualification.handoff.rules.routing import route
from baton.qualification.handoff.rules.shadows import excludes, implies, is_impossible
from baton.qualification.handoff.rules.terms import (
    AT_LEAST,
    AT_MOST,
    AT_MOST_BY_CODE,
    LADDER,
    UNREACHABLE,
    Lane,
    Outcome,
    Side,
    State,
    Terms,
    sides_of,
)
from baton.qualification.handoff.rules.territories import MOST_PREFIXES, territory_tree
from baton.qualification.handoff.rules.turns import Turn, starting_credit, take_turn
from baton.qualification.handoff.rules.verdicts import (
    DISQUALIFY,
    REJECT,
    REST_REASONS,
    After,
    Reason,
    UnknownReason,
    find_reason,
    rests_after_verdict,
    stage_after_verdict,
)

__all__ = [
    "AGAINST",
    "AT_LEAST",
    "AT_MOST",
    "AT_MOST_BY_CODE",
    "DISQUALIFY",
    "LADDER",
    "MOST_PREFIXES",
    "REJECT",
    "REST_REASONS",
    "STEPS",
    "UNREACHABLE",
    "After",
    "Asked",
    "Case",
    "Choice",
    "Condition",
    "Decision",
    "Goal",
    "Lane",
    "Line",
    "Measured",
    "Member",
    "Outcome",
    "PoolView",
    "Proposal",
    "Reason",
    "Rep",
    "ReplyKind",
    "Side",
    "Standing",
    "State",
    "Step",
    "Target",
    "Terms",
    "Turn",
    "UnknownReason",
    "Why",
    "Wish",
    "accept_due",
    "attempts_due",
    "escalates_at",
    "excludes",
    "find_reason",
    "implies",
    "is_impossible",
    "lane_for",
    "likely_mqls",
    "minutes_kept",
    "pace",
    "propose",
    "read_lines",
    "response_due",
    "rests_after_verdict",
    "route",
    "sides_of",
    "stage_after_verdict",
    "starting_credit",
    "step_rates",
    "take_turn",
    "territory_tree",
    "tries_needed",
]
