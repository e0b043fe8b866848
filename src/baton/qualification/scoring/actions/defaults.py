"""Rules to begin with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.qualification.scoring.actions.rules import create_score_rule
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.rules import Kind

# Enough to begin with: who reads, asks and comes back passes 70, who looked once does not.
DEFAULTS: tuple[Mapping[str, Any], ...] = (
    {
        "name": "Sent a form",
        "points": 25,
        "fact": "form.submitted",
        "half_life_days": 30,
        "cap": 60,
    },
    {"name": "Visited", "points": 5, "fact": "visit.made", "half_life_days": 14, "cap": 20},
    {
        "name": "Viewed pricing",
        "points": 15,
        "fact": "visit.made",
        "match": {"pages": "Pricing"},
        "half_life_days": 14,
        "cap": 30,
    },
)
FIT_DEFAULTS: tuple[Mapping[str, Any], ...] = (
    {
        "name": "Decides or leads",
        "points": 15,
        "condition": {
            "any": [
                {"field": "person.job_title", "op": "contains", "value": word}
                for word in ("head", "director", "manager", "chief", "owner")
            ]
        },
    },
    {
        "name": "Company is known",
        "points": 10,
        "condition": {"field": "person.company", "op": "is_set"},
    },
)


@transaction.atomic
def ensure_default_rules(*, at: datetime) -> int:
    """Rules to begin with, for a company that has never had any; returns how many were made."""
    if ScoreRule.objects.exists():
        return 0
    wanted = [
        *({"kind": Kind.ENGAGEMENT, **rule} for rule in DEFAULTS),
        *({"kind": Kind.FIT, **rule} for rule in FIT_DEFAULTS),
    ]
    for position, values in enumerate(wanted):
        create_score_rule(values={**values, "position": position}, by=None, at=at)
    return len(wanted)
