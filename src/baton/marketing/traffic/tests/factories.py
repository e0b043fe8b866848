"""What was counted, for tests of this module and of those above it."""

from datetime import date, datetime

from baton.core.keys import new_key
from baton.marketing.traffic.actions import Counted, record_traffic


def count_sessions(day: date, *, sessions: int, at: datetime) -> None:
    """Of organic search, as an import would bring them."""
    counted = Counted(day=day, group="Organic Search", sessions=sessions)
    record_traffic(system="google_analytics", counted=[counted], at=at, batch=new_key())
