"""Whether chances are given to other people than those that were learned from."""

import math
from bisect import bisect_right
from collections.abc import Sequence

SETTLED = 0.1  # below, the months are alike
DRIFTED = 0.25  # from here on one should learn anew
LEAST = 30  # chances in a month that say anything


def edges_of(chances: Sequence[float], *, parts: int = 10) -> list[float]:
    """What parts the chances that were learned from into equal shares."""
    ordered = sorted(chances)
    found = {ordered[len(ordered) * part // parts] for part in range(1, parts)}
    return sorted(edge for edge in found if edge > ordered[0])


def stability_index(
    chances: Sequence[float], *, edges: Sequence[float], expected: Sequence[float]
) -> float:
    """The population stability index: 0 where the shares between the edges are as expected."""
    return sum(
        (now - was) * math.log(now / was)
        for now, was in zip(shares_of(chances, edges), map(_some, expected), strict=True)
    )


def shares_of(chances: Sequence[float], edges: Sequence[float]) -> list[float]:
    counts = [0] * (len(edges) + 1)
    for chance in chances:
        counts[bisect_right(edges, chance)] += 1
    return [_some(count / len(chances)) for count in counts]


def _some(share: float) -> float:
    """No share is nothing: its logarithm would be endless."""
    return max(share, 0.001)
