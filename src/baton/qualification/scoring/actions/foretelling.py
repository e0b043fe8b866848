"""The chances of people, as of tonight, and whether they still are those that were learned from."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.qualification.lifecycle.rules import ORDER, Stage, rank
from baton.qualification.scoring.models import Foresight, Foretold
from baton.qualification.scoring.queries.moments import known_at
from baton.qualification.scoring.queries.outcomes import (
    bites,
    handoffs_until,
    used_foresight,
)
from baton.qualification.scoring.rules.foresight.drifting import LEAST, stability_index
from baton.qualification.scoring.rules.foresight.scorecard import (
    Foretelling,
    Scorecard,
    digest_of,
    read_scorecard,
)
from baton.qualification.scoring.rules.foretelling import months_of, plain
from baton.records.people.models import Person

OPEN = [stage for stage in ORDER if rank(stage) < rank(Stage.OPPORTUNITY)]
MONTHS = 6


def card_of(foresight: Foresight) -> Scorecard | None:
    """None where somebody changed what was learned."""
    if digest_of(foresight.card) != foresight.digest:
        return None
    return read_scorecard(foresight.card)


@transaction.atomic
def foretell(*, after: int, limit: int, at: datetime) -> int | None:
    """The next people by id who are no opportunity yet; the last id, or None at the end."""
    foresight = used_foresight()
    card = card_of(foresight) if foresight else None
    if foresight is None or card is None:
        return None
    rows = Person.objects.living().filter(pk__gt=after, stage__in=OPEN).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:limit])
    if not after:
        Foretold.objects.exclude(foresight=foresight, person__stage__in=OPEN).delete()
    found = _chances(card, dict.fromkeys(ids, at))
    Foretold.objects.bulk_create(
        [
            Foretold(
                person_id=pk,
                foresight=foresight,
                chance=one.chance,
                reasons=[reason.data() for reason in one.reasons],
                at=at,
            )
            for pk, one in found.items()
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["foresight", "chance", "reasons", "at"],
    )
    return ids[-1] if len(ids) == limit else None


def _chances(card: Scorecard, moments: dict[int, datetime]) -> dict[int, Foretelling]:
    known = known_at(moments) if moments else None
    return {
        pk: card.foretell({name: plain(value) for name, value in values.items()})
        for pk, values in (known.values if known else {}).items()
    }


def watch_drift(*, at: datetime) -> Foresight | None:
    """Measure the latest months of the foresight in use; it, where there is one."""
    foresight = used_foresight()
    card = card_of(foresight) if foresight else None
    if foresight is None or card is None:
        return None
    months = months_of(handoffs_until(at))
    rows = [_month(foresight, card, month, months[month]) for month in sorted(months)[-MONTHS:]]
    foresight.drift = {**foresight.drift, "months": rows}
    foresight.save(update_fields=["drift"])
    return foresight


def _month(
    foresight: Foresight, card: Scorecard, month: str, handed: Collection[tuple[int, datetime]]
) -> dict[str, Any]:
    chances = [
        one.chance for bite in bites(list(handed)) for one in _chances(card, dict(bite)).values()
    ]
    index = None
    if len(chances) >= LEAST:
        drift = foresight.drift
        index = stability_index(chances, edges=drift["edges"], expected=drift["expected"])
    return {
        "month": month,
        "n": len(chances),
        "chance": round(sum(chances) / len(chances), 4) if chances else None,
        "index": None if index is None else round(index, 4),
    }
