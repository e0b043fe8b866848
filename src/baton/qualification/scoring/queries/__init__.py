"""What somebody's score is, and why."""

from baton.qualification.scoring.queries.books import (
    RuleBook,
    has_windows,
    rule_book,
    who_fits,
)
from baton.qualification.scoring.queries.explaining import (
    ExplainedPart,
    Explanation,
    as_parts,
    explain,
    explain_parts,
    figures_from,
    parts_of,
    score_of,
)
from baton.qualification.scoring.queries.histories import (
    Histories,
    histories,
)
from baton.qualification.scoring.queries.log import (
    Reading,
    Tallies,
    count_fact,
    known_now,
    people_after,
    people_of_batch,
    positions_of,
    read_log,
)
from baton.qualification.scoring.queries.trials import (
    Trial,
    try_rule,
)

__all__ = [
    "ExplainedPart",
    "Explanation",
    "Histories",
    "Reading",
    "RuleBook",
    "Tallies",
    "Trial",
    "as_parts",
    "count_fact",
    "explain",
    "explain_parts",
    "figures_from",
    "has_windows",
    "histories",
    "known_now",
    "parts_of",
    "people_after",
    "people_of_batch",
    "positions_of",
    "read_log",
    "rule_book",
    "score_of",
    "try_rule",
    "who_fits",
]
