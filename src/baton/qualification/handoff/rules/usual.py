"""The terms with which each kind of agreement begins."""

from collections.abc import Mapping
from typing import Any

from baton.qualification.handoff.rules.terms import Gives, Kind

FIRST: Mapping[str, Any] = {
    "threshold": 70,
    "accept_minutes": 60,
    "respond_minutes": 240,
    "hand_raise_accept_minutes": 15,
    "hand_raise_respond_minutes": 30,
    "grace_minutes": 30,
    "attempts": 5,
    "attempt_days": 10,
    "recycle_days": 90,
    "max_rounds": 3,
    "hand_raise_forms": ["request-demo", "contact"],
    "mqls_a_month": None,
    "revenue_goal": None,
    "marketing_share": None,
    "average_deal": None,
    "when_late": "",
    "starts_on": None,
    "rest_days": {},
    "rest_conditions": {},
    "ladder": {},
    "reply_minutes": None,
    "idle_days": None,
    "idle_by_stage": {},
    "step_days": None,
    "pause_days": None,
    "is_on": True,
    "asks_owner": True,
    "pool_id": None,
    "return_reasons": [],
    "gives": "",
    "given_to_id": None,
    "brief_minutes": None,
    "value_days": None,
    "quiet_days": None,
    "checkin_well": None,
    "checkin_watch": None,
    "checkin_risk": None,
}
# Of an SDR's leads nobody is waiting at the telephone; half a day to answer, two days to meet.
FIRST_OF_EXECUTIVES: Mapping[str, Any] = {
    **FIRST,
    "accept_minutes": 240,
    "respond_minutes": 960,
    "grace_minutes": 60,
    "hand_raise_forms": [],
}
# After the win: a day of work to take over, two from then on to the first call.
FIRST_OF_OWNERS: Mapping[str, Any] = {
    **FIRST,
    "accept_minutes": 480,
    "respond_minutes": 960,
    "hand_raise_forms": [],
    "gives": Gives.TURNS.value,
    "quiet_days": 45,
    "checkin_well": 90,
    "checkin_watch": 60,
    "checkin_risk": 30,
}
_FIRST = {Kind.EXECUTIVE: FIRST_OF_EXECUTIVES, Kind.OWNER: FIRST_OF_OWNERS}


def first_terms(kind: str) -> Mapping[str, Any]:
    """What is proposed of this kind where nothing was agreed yet."""
    return _FIRST.get(Kind(kind), FIRST)
