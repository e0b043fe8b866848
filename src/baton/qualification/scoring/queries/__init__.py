"""What somebody's score is, and why."""

from baton.qualification.scoring.queries.books import (
    RuleBook,
    counting_rules,
    has_windows,
    is_member,
    live_models,
    main_book,
    model_book,
    rule_book,
    who_fits,
)
from baton.qualification.scoring.queries.explaining import (
    ExplainedPart,
    Explanation,
    PartsByModel,
    all_parts_of,
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
    known_now,
    people_after,
    people_of_batch,
    positions_of,
    read_log,
)
from baton.qualification.scoring.queries.records import explain_records, model_about
from baton.qualification.scoring.queries.staff import scored_staff, staff_among
from baton.qualification.scoring.queries.tallies import (
    NOTHING,
    Sides,
    SidesByModel,
    Tallies,
    add_fact,
    count_fact,
    part_for,
    sides_of,
    stored_tallies,
)
from baton.qualification.scoring.queries.trials import (
    Trial,
    try_rule,
)

__all__ = [
    "NOTHING",
    "ExplainedPart",
    "Explanation",
    "Histories",
    "PartsByModel",
    "Reading",
    "RuleBook",
    "Sides",
    "SidesByModel",
    "Tallies",
    "Trial",
    "add_fact",
    "all_parts_of",
    "count_fact",
    "counting_rules",
    "explain",
    "explain_parts",
    "explain_records",
    "figures_from",
    "has_windows",
    "histories",
    "is_member",
    "known_now",
    "live_models",
    "main_book",
    "model_about",
    "model_book",
    "part_for",
    "parts_of",
    "people_after",
    "people_of_batch",
    "positions_of",
    "read_log",
    "rule_book",
    "score_of",
    "scored_staff",
    "sides_of",
    "staff_among",
    "stored_tallies",
    "try_rule",
    "who_fits",
]
