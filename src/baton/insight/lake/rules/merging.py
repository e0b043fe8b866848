"""Which files of a month are worth one: many small ones cost each reader, few large ones nobody."""

from collections.abc import Sequence

FEW = 4  # files that may stay as they are
MOST = 500_000  # rows of one file


def worth_merging(counts: Sequence[int]) -> range:
    """Places of neighbours that should be one file, latest first looked at; empty if none are.

    An older file joins while it is at most twice what has come after it: so each row is written
    again only as often as the rows have doubled.
    """
    end = len(counts)
    while end and counts[end - 1] * 2 > MOST:
        end -= 1
    start, total = end, 0
    while start and total + counts[start - 1] <= MOST:
        if total and counts[start - 1] > 2 * total:
            break
        start -= 1
        total += counts[start]
    return range(start, end) if end - start >= FEW else range(0)
