"""How many pages one network may see in a while, counted in memory: a hit asks no database."""

import threading
from collections import OrderedDict
from datetime import datetime

from baton.marketing.capture.rules.limits import PAGE_REFILL, PAGES, Level, draw

MOST_NETWORKS = 20_000
_levels: OrderedDict[str, Level] = OrderedDict()
_counting = threading.Lock()


def may_count(network: str, *, at: datetime) -> bool:
    """Whether one more page of this network is kept; those seen longest ago are forgotten first."""
    with _counting:
        level = draw(_levels.get(network), at=at, crowd=PAGES, refill=PAGE_REFILL)
        if level is None:
            return False
        _levels[network] = level
        _levels.move_to_end(network)
        if len(_levels) > MOST_NETWORKS:
            _levels.popitem(last=False)
    return True


def forget() -> None:
    """Begin anew."""
    with _counting:
        _levels.clear()
